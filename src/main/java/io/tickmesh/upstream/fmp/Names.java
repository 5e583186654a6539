package io.tickmesh.upstream.fmp;

import org.jspecify.annotations.Nullable;

/**
 * Turns characters into strings, the same ones again and again, so that a frame costs none. A name that meets another
 * one in its place replaces it, which bounds the memory whatever a provider sends.
 */
final class Names {
    private static final int PLACES = 4096;
    private static final int LONGEST_KEPT = 32;

    private final @Nullable String[] kept = new @Nullable String[PLACES];
    private final boolean upper;

    /** Names in upper case, if {@code upper}, or as they are. */
    Names(boolean upper) {
        this.upper = upper;
    }

    String of(char[] text, int offset, int length) {
        if (length > LONGEST_KEPT) {
            return fresh(text, offset, length);
        }
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + fold(text[offset + i]);
        }
        int place = (hash ^ (hash >>> 15)) & (PLACES - 1);
        @Nullable String known = kept[place];
        if (known != null && matches(known, text, offset, length)) {
            return known;
        }
        String fresh = fresh(text, offset, length);
        kept[place] = fresh;
        return fresh;
    }

    private boolean matches(String known, char[] text, int offset, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != fold(text[offset + i])) {
                return false;
            }
        }
        return true;
    }

    private String fresh(char[] text, int offset, int length) {
        char[] folded = new char[length];
        for (int i = 0; i < length; i++) {
            folded[i] = fold(text[offset + i]);
        }
        return new String(folded);
    }

    private char fold(char c) {
        return upper && c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
    }
}
