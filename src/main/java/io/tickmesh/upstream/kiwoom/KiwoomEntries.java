package io.tickmesh.upstream.kiwoom;

import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonNames;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The entries of a {@code data} array by the places of their texts: what they mean is known only when the rest of the
 * frame is read, as keys come in any order. Filled again for each frame.
 */
final class KiwoomEntries {
    private static final JsonNames NAMES = new JsonNames("type", "item", "values");
    private static final int TYPE = 0;
    private static final int ITEM = 1;
    private static final int VALUES = 2;

    private static final int MOST_ENTRIES = 1_024;
    private static final int MOST_VALUES = 65_536;
    private static final int FIDS = 10_000;
    private static final int FID_DIGITS = 4;
    private static final int NONE = -1;

    private static final class Entry {
        private int first;
        private int end;
        private int typeStart;
        private int typeEnd;
        private int itemStart;
        private int itemEnd;
    }

    private Entry[] entries = {};
    private int count;
    private int[] fids = new int[256];
    private int[] starts = new int[256];
    private int[] ends = new int[256];
    private int values;
    private boolean overflowed;
    private byte[] bytes = {};

    /** Where the current entry has a field, if it has it; other places are left as earlier entries wrote them. */
    private final int[] places = new int[FIDS];

    private Entry current = new Entry();

    void clear(byte[] message) {
        bytes = message;
        count = 0;
        values = 0;
        overflowed = false;
    }

    int count() {
        return count;
    }

    /** Whether there was more than is read of one frame. */
    boolean overflowed() {
        return overflowed;
    }

    /** Reads the object that the reader stands at the start of. */
    void read(JsonReader json) throws JsonFault {
        Entry entry = next();
        while (json.next() != Token.END_OBJECT) {
            int name = json.in(NAMES);
            Token token = json.next();
            if (name == VALUES) {
                readValues(json, token);
            } else if (token == Token.STRING && name == TYPE) {
                entry.typeStart = json.start();
                entry.typeEnd = json.end();
            } else if (token == Token.STRING && name == ITEM) {
                entry.itemStart = json.start();
                entry.itemEnd = json.end();
            } else {
                json.skipChildren();
            }
        }
        entry.end = values;
    }

    private Entry next() {
        if (count == MOST_ENTRIES) {
            overflowed = true;
            return new Entry();
        }
        if (count == entries.length) {
            entries = Arrays.copyOf(entries, Math.max(4, 2 * count));
            for (int i = count; i < entries.length; i++) {
                entries[i] = new Entry();
            }
        }
        Entry entry = entries[count++];
        entry.first = values;
        entry.typeStart = 0;
        entry.typeEnd = 0;
        entry.itemStart = 0;
        entry.itemEnd = 0;
        return entry;
    }

    /** An object, or a list of objects, as the specification calls it one. */
    private void readValues(JsonReader json, Token token) throws JsonFault {
        if (token == Token.OBJECT) {
            readFields(json);
        } else if (token == Token.ARRAY) {
            for (Token each = json.next(); each != Token.END_ARRAY; each = json.next()) {
                if (each == Token.OBJECT) {
                    readFields(json);
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    private void readFields(JsonReader json) throws JsonFault {
        while (true) {
            int quick = json.numberedString();
            if (quick >= 0) {
                add(quick, json.start(), json.end());
                continue;
            }
            if (json.next() == Token.END_OBJECT) {
                return;
            }
            int fid = fid(bytes, json.start(), json.end());
            Token token = json.next();
            if (fid != NONE && (token == Token.STRING || token == Token.NUMBER)) {
                add(fid, json.start(), json.end());
            } else {
                json.skipChildren();
            }
        }
    }

    private static int fid(byte[] text, int from, int to) {
        if (from == to || to - from > FID_DIGITS) {
            return NONE;
        }
        int fid = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            fid = fid * 10 + digit;
        }
        return fid;
    }

    private void add(int fid, int start, int end) {
        if (values == MOST_VALUES) {
            overflowed = true;
            return;
        }
        if (values == fids.length) {
            fids = Arrays.copyOf(fids, 2 * values);
            starts = Arrays.copyOf(starts, 2 * values);
            ends = Arrays.copyOf(ends, 2 * values);
        }
        fids[values] = fid;
        starts[values] = start;
        ends[values] = end;
        values++;
    }

    /** Makes one entry the one that is asked about from now on. */
    void select(int number) {
        current = entries[number];
        for (int i = current.first; i < current.end; i++) {
            places[fids[i]] = i;
        }
    }

    byte[] bytes() {
        return bytes;
    }

    /** The two characters of the entry's type as one number, or 0. */
    int type() {
        boolean two = current.typeEnd - current.typeStart == 2;
        return two ? type((char) bytes[current.typeStart], (char) bytes[current.typeStart + 1]) : 0;
    }

    /** What {@link #type()} is for these two characters. */
    static int type(char first, char second) {
        return first << 8 | second;
    }

    String typeText() {
        return new String(bytes, current.typeStart, current.typeEnd - current.typeStart, StandardCharsets.US_ASCII);
    }

    int itemStart() {
        return current.itemStart;
    }

    int itemEnd() {
        return current.itemEnd;
    }

    /** The number of the entry's value of that field, or -1. */
    int find(int fid) {
        int at = places[fid];
        return at >= current.first && at < current.end && fids[at] == fid ? at : NONE;
    }

    int start(int value) {
        return starts[value];
    }

    int end(int value) {
        return ends[value];
    }

    /** The values of the entry by their field numbers, as they were sent. */
    Map<String, String> fields(int most) {
        Map<String, String> all = new HashMap<>();
        for (int i = current.first; i < current.end && all.size() < most; i++) {
            all.put(Integer.toString(fids[i]), text(i));
        }
        return all;
    }

    private String text(int value) {
        int start = starts[value];
        int end = ends[value];
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\\') {
                return unescaped(start, end);
            }
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    private String unescaped(int start, int end) {
        byte[] quoted = Arrays.copyOfRange(bytes, start - 1, end + 1);
        JsonReader again = new JsonReader();
        again.reset(quoted, quoted.length);
        try {
            again.next();
        } catch (JsonFault e) {
            throw new IllegalStateException("was sound when it was read first", e);
        }
        return again.text();
    }
}
