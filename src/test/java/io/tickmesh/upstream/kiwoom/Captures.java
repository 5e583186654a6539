package io.tickmesh.upstream.kiwoom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Frames of every documented shape. */
final class Captures {
    /** A Friday in Seoul, 10:15:04.5. */
    static final long NOW = 1_795_137_304_500_000L;

    static final List<String> SORTS = List.of("login", "control", "trade", "book", "other");

    private Captures() {}

    static List<String> lines(String name) {
        try (InputStream in = Captures.class.getResourceAsStream("/feeds/kiwoom/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> all() {
        List<String> frames = new ArrayList<>();
        SORTS.forEach(sort -> frames.addAll(lines(sort + ".jsonl")));
        frames.addAll(lines("refusals.jsonl"));
        frames.addAll(lines("bad.jsonl"));
        return frames;
    }
}
