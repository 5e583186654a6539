package io.tickmesh.upstream.upbit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Upbit's documented frames, with values made up. */
final class Captures {
    static final long NOW = 1_827_302_400_500_000L;

    private Captures() {}

    static String text(String file) {
        try (InputStream in = Captures.class.getResourceAsStream("/feeds/upbit/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> lines(String file) {
        return text(file).lines().toList();
    }
}
