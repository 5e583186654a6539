package io.tickmesh.sim;

import java.util.List;

/** Writes REAL entries and frames; the order of keys is chance, with {@code data} mostly first. */
final class KiwoomEntries {
    private static final int[][] ORDERS = {{0, 1, 2, 3}, {1, 2, 3, 0}, {3, 1, 2, 0}, {1, 0, 3, 2}, {2, 3, 0, 1}};
    private static final int UNKNOWN_FID = 99_901;

    private KiwoomEntries() {}

    static String entry(KiwoomType type, String item, KiwoomValues values, long chance, boolean extra) {
        if (extra) {
            values.put(UNKNOWN_FID, chance);
        }
        StringBuilder out = new StringBuilder(256).append('{');
        for (int part : ORDERS[(int) Hash.below(chance, ORDERS.length)]) {
            if (out.length() > 1) {
                out.append(',');
            }
            switch (part) {
                case 0 -> values.appendTo(out.append("\"values\":"), chance >>> 8);
                case 1 -> out.append("\"type\":\"").append(type.id()).append('"');
                case 2 -> out.append("\"name\":\"").append(type.title()).append('"');
                default -> out.append("\"item\":\"").append(item).append('"');
            }
        }
        return out.append(extra ? ",\"grade\":{\"n\":[1,2]}}" : "}").toString();
    }

    static String frame(List<String> entries, long chance, boolean extra) {
        String data = "\"data\":[" + String.join(",", entries) + "]";
        String more = extra ? ",\"seq\":" + (chance >>> 1) : "";
        return Hash.below(chance, 4) == 0
                ? "{\"trnm\":\"REAL\"," + data + more + "}"
                : "{" + data + ",\"trnm\":\"REAL\"" + more + "}";
    }
}
