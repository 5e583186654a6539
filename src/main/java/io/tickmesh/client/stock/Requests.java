package io.tickmesh.client.stock;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one session. The contract's answers carry no id, so that a client can tell them apart by their order only:
 * while one waits for the owner of the feed, those behind it wait too, a bounded number of them.
 */
final class Requests {
    private static final int MOST = 100;
    private static final int MOST_CHARACTERS = 1 << 20;

    private final Deque<String> waiting = new ArrayDeque<>(0);
    private int characters;
    private boolean busy;

    /** Puts a request behind the others; false if there is no room for it. */
    boolean add(String text) {
        if (busy && (waiting.size() >= MOST || characters + text.length() > MOST_CHARACTERS)) {
            return false;
        }
        waiting.addLast(text);
        characters += text.length();
        return true;
    }

    /** The request to carry out now; null if there is none, or the last one is not answered yet. */
    @Nullable
    String next() {
        String text = busy ? null : waiting.pollFirst();
        characters -= text == null ? 0 : text.length();
        return text;
    }

    void busy(boolean value) {
        busy = value;
    }
}
