package io.tickmesh.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the known name that somebody most likely meant. */
public final class Nearest {
    private static final int LONGEST = 200;

    private Nearest() {}

    /** The candidate with the smallest edit distance; letter case, {@code -}, {@code _} and {@code .} count little. */
    public static String to(String name, Collection<String> candidates) {
        String given = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        return candidates.stream()
                .min(Comparator.<String>comparingInt(known -> distance(fold(given), fold(known)))
                        .thenComparingInt(known -> distance(given, known))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow(() -> new IllegalArgumentException("no candidates"));
    }

    /** The form in which names of variables are compared with paths. */
    static String fold(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, column -> column);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
