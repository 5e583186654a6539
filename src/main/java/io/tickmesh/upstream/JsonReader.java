package io.tickmesh.upstream;

import java.nio.charset.StandardCharsets;

/**
 * Reads JSON token by token from bytes, without an object per token. It is filled again and again: {@link #reset}, then
 * {@link #next} until {@link Token#END}.
 *
 * <p>Several documents may follow each other. Strings are not checked for being UTF-8; what is not becomes a
 * replacement character in {@link #text}. Nesting deeper than 16 and numbers longer than 64 are refused.
 */
public final class JsonReader {
    /** What was read. */
    public enum Token {
        OBJECT,
        END_OBJECT,
        ARRAY,
        END_ARRAY,
        NAME,
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL,
        /** There is no more. */
        END
    }

    /* What may come next: numbers, because a reference stored with each token costs more than reading it. */
    private static final int VALUE = 0;
    private static final int VALUE_OR_END = 1;
    private static final int NAME = 2;
    private static final int NAME_OR_END = 3;
    private static final int COMMA_OR_END = 4;

    private static final int DEEPEST = 16;
    private static final int LONGEST_NUMBER = 64;
    private static final int MOST_NAME_DIGITS = 4;

    /** From the first quote of a name of four digits to the last one of an empty value. */
    private static final int SHORTEST_NUMBERED = MOST_NAME_DIGITS + 5;

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private byte[] bytes = {};
    private int length;
    private int at;
    private int depth;
    private int objects;
    private int expect = VALUE;

    /** Whether the last token was the beginning of an object or array. */
    private boolean opened;

    private int start;
    private int end;
    private boolean escaped;

    /** Begins with other bytes. */
    public void reset(byte[] text, int newLength) {
        bytes = text;
        length = newLength;
        at = 0;
        depth = 0;
        objects = 0;
        expect = VALUE;
        opened = false;
    }

    /**
     * The next token.
     *
     * @throws JsonFault if the text is not JSON, or nested too deeply
     */
    public Token next() throws JsonFault {
        opened = false;
        int c = nonSpace();
        if (c < 0) {
            if (depth > 0 || expect != VALUE) {
                throw new JsonFault("ends too early");
            }
            return Token.END;
        }
        if (expect == COMMA_OR_END) {
            if (c == ',') {
                at++;
                expect = inObject() ? NAME : VALUE;
                c = nonSpace();
            } else if (c != '}' && c != ']') {
                throw new JsonFault("no comma between values");
            }
        }
        if (c == '}' || c == ']') {
            return close(c);
        }
        return inObject() && expect != VALUE ? name(c) : value(c);
    }

    /**
     * Reads a member whose name is a number of up to four digits and whose value is a string, both in one go; {@link
     * #start} and {@link #end} are then those of the value.
     *
     * @return the number; -1 if something else follows, or it is written in another way: then nothing was read
     */
    public int numberedString() {
        byte[] text = bytes;
        int limit = length;
        int i = at;
        if (!inObject() || (expect != NAME_OR_END && (expect != COMMA_OR_END || i >= limit || text[i++] != ','))) {
            return -1;
        }
        if (limit - i < SHORTEST_NUMBERED || text[i++] != '"') {
            return -1;
        }
        int first = i;
        int number = 0;
        int digit = text[i] - '0';
        while (digit >= 0 && digit <= 9 && i - first < MOST_NAME_DIGITS) {
            number = number * 10 + digit;
            digit = text[++i] - '0';
        }
        if (i == first || limit - i < 4 || text[i] != '"' || text[i + 1] != ':' || text[i + 2] != '"') {
            return -1;
        }
        i += 3;
        int from = i;
        while (i < limit && JsonStrings.PLAIN[text[i] & 0xFF]) {
            i++;
        }
        if (i == limit || text[i] != '"') {
            return -1;
        }
        start = from;
        end = i;
        escaped = false;
        opened = false;
        at = i + 1;
        expect = COMMA_OR_END;
        return number;
    }

    private int nonSpace() {
        byte[] text = bytes;
        int i = at;
        while (i < length && isSpace(text[i])) {
            i++;
        }
        at = i;
        return i < length ? text[i] & 0xFF : -1;
    }

    private boolean inObject() {
        return depth > 0 && (objects & (1 << depth)) != 0;
    }

    private Token close(int c) throws JsonFault {
        boolean object = c == '}';
        boolean mayEnd = expect == COMMA_OR_END || expect == NAME_OR_END || expect == VALUE_OR_END;
        if (depth == 0 || !mayEnd || object != inObject()) {
            throw new JsonFault("bracket out of place");
        }
        depth--;
        at++;
        afterValue();
        return object ? Token.END_OBJECT : Token.END_ARRAY;
    }

    private void afterValue() {
        expect = depth == 0 ? VALUE : COMMA_OR_END;
    }

    private Token name(int c) throws JsonFault {
        if (c != '"') {
            throw new JsonFault("name expected");
        }
        string();
        if (nonSpace() != ':') {
            throw new JsonFault("colon expected");
        }
        at++;
        expect = VALUE;
        return Token.NAME;
    }

    private Token value(int c) throws JsonFault {
        switch (c) {
            case '{' -> {
                open(true);
                return Token.OBJECT;
            }
            case '[' -> {
                open(false);
                return Token.ARRAY;
            }
            case '"' -> {
                string();
                afterValue();
                return Token.STRING;
            }
            case 't' -> {
                return word(TRUE, Token.TRUE);
            }
            case 'f' -> {
                return word(FALSE, Token.FALSE);
            }
            case 'n' -> {
                return word(NULL, Token.NULL);
            }
            default -> {
                number();
                afterValue();
                return Token.NUMBER;
            }
        }
    }

    private void open(boolean object) throws JsonFault {
        if (depth == DEEPEST) {
            throw new JsonFault("nested deeper than " + DEEPEST);
        }
        depth++;
        at++;
        opened = true;
        if (object) {
            objects |= 1 << depth;
            expect = NAME_OR_END;
        } else {
            objects &= ~(1 << depth);
            expect = VALUE_OR_END;
        }
    }

    private Token word(byte[] word, Token meaning) throws JsonFault {
        if (length - at < word.length) {
            throw new JsonFault("ends too early");
        }
        for (byte each : word) {
            if (bytes[at++] != each) {
                throw new JsonFault("unknown word");
            }
        }
        if (at < length && isWordPart(bytes[at])) {
            throw new JsonFault("unknown word");
        }
        afterValue();
        return meaning;
    }

    private void string() throws JsonFault {
        byte[] text = bytes;
        int limit = length;
        int i = at + 1;
        start = i;
        escaped = false;
        while (i < limit) {
            byte c = text[i++];
            if (JsonStrings.PLAIN[c & 0xFF]) {
                continue;
            }
            at = i;
            if (c == '"') {
                end = i - 1;
                return;
            }
            if (c != '\\') {
                throw new JsonFault("control character in a string");
            }
            escaped = true;
            escape();
            i = at;
        }
        throw new JsonFault("ends too early");
    }

    private void escape() throws JsonFault {
        int c = at < length ? bytes[at++] : 0;
        if (c == 'u') {
            for (int i = 0; i < 4; i++) {
                if (at >= length || Character.digit(bytes[at++], 16) < 0) {
                    throw new JsonFault("broken escape");
                }
            }
        } else if ("\"\\/bfnrt".indexOf(c) < 0) {
            throw new JsonFault("broken escape");
        }
    }

    private void number() throws JsonFault {
        start = at;
        if (at < length && bytes[at] == '-') {
            at++;
        }
        boolean zero = at < length && bytes[at] == '0';
        int digits = digits();
        if (digits == 0 || (zero && digits > 1)) {
            throw new JsonFault("no value");
        }
        if (at < length && bytes[at] == '.') {
            at++;
            require(digits() > 0);
        }
        if (at < length && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            if (at < length && (bytes[at] == '-' || bytes[at] == '+')) {
                at++;
            }
            require(digits() > 0);
        }
        require(at - start <= LONGEST_NUMBER && (depth > 0 || at == length || isSpace(bytes[at])));
        end = at;
        escaped = false;
    }

    private static boolean isWordPart(byte c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private static void require(boolean sound) throws JsonFault {
        if (!sound) {
            throw new JsonFault("broken number");
        }
    }

    private int digits() {
        byte[] text = bytes;
        int first = at;
        int i = first;
        while (i < length && text[i] >= '0' && text[i] <= '9') {
            i++;
        }
        at = i;
        return i - first;
    }

    /** Goes on to the end of the object or array that has just begun; after any other token it does nothing. */
    public void skipChildren() throws JsonFault {
        if (opened) {
            int outside = depth - 1;
            while (depth > outside) {
                next();
            }
        }
    }

    /** Goes on to the end of the value of the name that was just read. */
    public void skipValue() throws JsonFault {
        next();
        skipChildren();
    }

    /** The bytes that {@link #start} and {@link #end} count in. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the text of a name, string or number begins; escapes are as they were sent. */
    public int start() {
        return start;
    }

    public int end() {
        return end;
    }

    /** The number of the name just read, or -1. */
    public int in(JsonNames names) {
        return names.numberOf(bytes, start, end);
    }

    /** Whether the name or string just read is that one. */
    public boolean is(String ascii) {
        if (end - start != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[start + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads the number just read, or the number that the string just read holds; false if it holds none. */
    public boolean digits(Digits digits) {
        return digits.read(bytes, start, end);
    }

    /** The name, string or number just read. */
    public String text() {
        String raw = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        return escaped ? JsonStrings.unescaped(raw) : raw;
    }
}
