package io.tickmesh.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes into strings, the same ones again and again, so that a frame costs none. A name that meets another
 * one in its place replaces it, which bounds the memory whatever a provider sends.
 */
public final class Names {
    private static final int PLACES = 4096;
    private static final int LONGEST_KEPT = 32;

    private final @Nullable String[] kept = new @Nullable String[PLACES];
    private final boolean upper;

    /** Names in upper case, if {@code upper}, or as they are. */
    public Names(boolean upper) {
        this.upper = upper;
    }

    /** The string of the bytes {@code from} to {@code to}. */
    public String of(byte[] text, int from, int to) {
        int length = to - from;
        if (length > LONGEST_KEPT) {
            return fresh(text, from, to);
        }
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + fold(text[i]);
        }
        int place = (hash ^ (hash >>> 15)) & (PLACES - 1);
        @Nullable String known = kept[place];
        if (known != null && matches(known, text, from, length)) {
            return known;
        }
        String fresh = fresh(text, from, to);
        kept[place] = fresh;
        return fresh;
    }

    private boolean matches(String known, byte[] text, int from, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != fold(text[from + i])) {
                return false;
            }
        }
        return true;
    }

    private String fresh(byte[] text, int from, int to) {
        String fresh = new String(text, from, to - from, StandardCharsets.UTF_8);
        return upper ? fresh.toUpperCase(Locale.ROOT) : fresh;
    }

    /** Bytes beyond ASCII match nothing that is kept: such a name is made anew each time. */
    private char fold(byte c) {
        return (char) (upper && c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
}
