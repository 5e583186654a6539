package io.tickmesh.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The names that a reader of JSON looks for, found by their bytes. */
public final class JsonNames {
    private static final int UNKNOWN = -1;
    private static final byte[] NONE = {};

    private final byte[][] names;
    private final int[] numbers;
    private final int mask;

    /** Names numbered from 0 in their order. */
    public JsonNames(String... all) {
        int size = Integer.highestOneBit(Math.max(8, 4 * all.length));
        names = new byte[size][];
        Arrays.fill(names, NONE);
        numbers = new int[size];
        mask = size - 1;
        for (int i = 0; i < all.length; i++) {
            byte[] name = all[i].getBytes(StandardCharsets.US_ASCII);
            int place = hash(name, 0, name.length) & mask;
            while (names[place] != NONE) {
                place = (place + 1) & mask;
            }
            names[place] = name;
            numbers[place] = i;
        }
    }

    /** The number of a name, or -1. */
    int numberOf(byte[] text, int from, int to) {
        int place = hash(text, from, to) & mask;
        byte[] name = names[place];
        while (name != NONE) {
            if (matches(name, text, from, to)) {
                return numbers[place];
            }
            place = (place + 1) & mask;
            name = names[place];
        }
        return UNKNOWN;
    }

    private static boolean matches(byte[] name, byte[] text, int from, int to) {
        if (name.length != to - from) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (name[i] != text[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** Of the length and three bytes: names are few, and most of those that a frame holds are told apart by these. */
    private static int hash(byte[] text, int from, int to) {
        if (from == to) {
            return 0;
        }
        int hash = (to - from) * 31 + text[from];
        hash = hash * 31 + text[(from + to) >>> 1];
        hash = hash * 31 + text[to - 1];
        return hash ^ (hash >>> 7);
    }
}
