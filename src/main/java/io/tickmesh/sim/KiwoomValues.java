package io.tickmesh.sim;

import java.util.ArrayList;
import java.util.List;

/** The values of a REAL entry: FIDs with strings. */
final class KiwoomValues {
    private final List<String> pairs = new ArrayList<>();

    KiwoomValues put(int fid, String value) {
        pairs.add("\"" + fid + "\":\"" + value + "\"");
        return this;
    }

    KiwoomValues put(int fid, long value) {
        return put(fid, Long.toString(value));
    }

    KiwoomValues putAll(String value, int... fids) {
        for (int fid : fids) {
            put(fid, value);
        }
        return this;
    }

    KiwoomValues putRange(int first, int last, String value) {
        for (int fid = first; fid <= last; fid++) {
            put(fid, value);
        }
        return this;
    }

    /** As an object that begins with any of its keys. */
    void appendTo(StringBuilder out, long chance) {
        int size = pairs.size();
        int start = (int) Hash.below(chance, size);
        out.append('{');
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                out.append(',');
            }
            out.append(pairs.get((start + i) % size));
        }
        out.append('}');
    }
}
