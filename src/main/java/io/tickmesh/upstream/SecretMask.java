package io.tickmesh.upstream;

import io.tickmesh.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Takes secrets out of frames that are kept, one {@code *} for each byte, so that lengths and positions stay. What was a
 * secret once stays one: a token that was replaced meanwhile is masked too.
 */
final class SecretMask {
    /** As they stand in a frame; in JSON a slash may have a backslash before it. */
    private final Set<String> forms = new LinkedHashSet<>();

    void add(Collection<Secret> secrets) {
        secrets.forEach(secret -> {
            forms.add(secret.reveal());
            forms.add(secret.reveal().replace("/", "\\/"));
        });
    }

    /** A copy of the first {@code length} bytes without any secret. */
    byte[] masked(byte[] frame, int length) {
        byte[] masked = Arrays.copyOf(frame, length);
        for (String form : forms) {
            mask(masked, form.getBytes(StandardCharsets.UTF_8));
        }
        return masked;
    }

    private static void mask(byte[] frame, byte[] secret) {
        for (int at = 0; at + secret.length <= frame.length; at++) {
            if (frame[at] == secret[0] && Arrays.equals(frame, at, at + secret.length, secret, 0, secret.length)) {
                Arrays.fill(frame, at, at + secret.length, (byte) '*');
            }
        }
    }
}
