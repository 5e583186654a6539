package io.tickmesh.client.channels;

import io.tickmesh.client.CloseReason;
import io.tickmesh.client.Visit;
import io.tickmesh.config.ChannelsConfig;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Who comes in, by what a client said at the door. Until there is security, the text of a bearer token is the user.
 *
 * @param refusal why nobody comes in; null if the rest counts
 */
record Admission(
        @Nullable CloseReason refusal,
        String client,
        @Nullable String user) {
    private static final int LONGEST_NAME = 200;
    private static final String BEARER = "Bearer ";

    static Admission of(Visit visit, ChannelsConfig config) {
        String client = clientOf(visit.path());
        String user = userOf(visit);
        if (!isName(client)) {
            return new Admission(CloseReason.BAD_NAME, client, user);
        }
        if (!mayCome(visit.header("Origin"), config)) {
            return new Admission(CloseReason.BAD_ORIGIN, client, user);
        }
        if (user == null ? config.requireAuth() : !isName(user)) {
            return new Admission(CloseReason.NO_USER, client, user);
        }
        return new Admission(null, client, user);
    }

    private static boolean mayCome(@Nullable String origin, ChannelsConfig config) {
        return origin == null
                || config.allowedOrigins().contains("*")
                || config.allowedOrigins().contains(origin);
    }

    /** The last segment of the path; empty if it makes no sense. */
    private static String clientOf(String path) {
        try {
            return String.valueOf(new URI(path.substring(path.lastIndexOf('/') + 1)).getPath());
        } catch (URISyntaxException e) {
            return "";
        }
    }

    private static @Nullable String userOf(Visit visit) {
        @Nullable String header = visit.header("Authorization");
        if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return header.substring(BEARER.length()).strip();
        }
        return visit.parameter("user_id");
    }

    /** Client ids, users and channels are named so. */
    static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST_NAME
                && text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\uFFFD');
    }
}
