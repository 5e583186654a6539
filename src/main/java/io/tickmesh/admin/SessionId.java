package io.tickmesh.admin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a session lives, read from its id: {@code <node>/<loop>-<number>}. */
record SessionId(String node, int loop) {
    private static final Pattern FORM = Pattern.compile("(.+)/([0-9]{1,4})-[0-9]{1,18}");

    static @Nullable SessionId of(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? new SessionId(matcher.group(1), Integer.parseInt(matcher.group(2))) : null;
    }
}
