package io.tickmesh.upstream.kiwoom;

import io.tickmesh.upstream.Digits;
import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonNames;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import org.jspecify.annotations.Nullable;

/** The fields of one frame of Kiwoom, whatever their order; filled again for each frame. */
final class KiwoomFrame {
    /** There was no {@code return_code}. */
    static final long NO_CODE = Long.MIN_VALUE;

    /** What a frame is about, by its {@code trnm}. */
    enum Sort {
        NONE,
        LOGIN,
        REG,
        REMOVE,
        PING,
        SYSTEM,
        REAL,
        OTHER
    }

    private static final long UNREADABLE = -1;
    private static final JsonNames NAMES =
            new JsonNames("trnm", "return_code", "return_msg", "code", "message", "data");
    private static final JsonNames SORTS = new JsonNames("LOGIN", "REG", "REMOVE", "PING", "SYSTEM", "REAL");
    private static final Sort[] BY_NUMBER = {Sort.LOGIN, Sort.REG, Sort.REMOVE, Sort.PING, Sort.SYSTEM, Sort.REAL};

    final KiwoomEntries entries = new KiwoomEntries();
    Sort sort = Sort.NONE;
    long returnCode;
    String message = "";

    /** The word that a SYSTEM frame has for its reason. */
    String systemCode = "";

    private final JsonReader json = new JsonReader();
    private final Digits digits = new Digits();

    /** Reads a frame; tells what is wrong with it, or null. */
    @Nullable
    String read(byte[] text, int length) {
        entries.clear(text);
        sort = Sort.NONE;
        returnCode = NO_CODE;
        message = "";
        systemCode = "";
        json.reset(text, length);
        try {
            Token first = json.next();
            if (first == Token.END) {
                return "empty frame";
            }
            if (first != Token.OBJECT) {
                return "not an object";
            }
            while (json.next() != Token.END_OBJECT) {
                int name = json.in(NAMES);
                readField(name, json.next());
            }
            return json.next() == Token.END ? null : "more than one object";
        } catch (JsonFault e) {
            return "not JSON: " + e.getMessage();
        }
    }

    private void readField(int name, Token value) throws JsonFault {
        if (name == 5) {
            readData(value);
        } else if (name == 1 && (value == Token.STRING || value == Token.NUMBER)) {
            readReturnCode();
        } else if (name >= 0 && value == Token.STRING) {
            readText(name);
        } else {
            json.skipChildren();
        }
    }

    private void readText(int name) {
        switch (name) {
            case 0 -> {
                int number = json.in(SORTS);
                sort = number < 0 ? Sort.OTHER : BY_NUMBER[number];
            }
            case 3 -> systemCode = json.text();
            default -> message = json.text();
        }
    }

    /** A number, or a text that holds one; SYSTEM frames may have their word here. */
    private void readReturnCode() {
        boolean whole = json.digits(digits) && digits.present() && digits.scale() == 0;
        returnCode = whole ? digits.unscaled() : UNREADABLE;
        if (!whole) {
            systemCode = json.text();
        }
    }

    private void readData(Token value) throws JsonFault {
        if (value == Token.OBJECT) {
            entries.read(json);
        } else if (value == Token.ARRAY) {
            for (Token each = json.next(); each != Token.END_ARRAY; each = json.next()) {
                if (each == Token.OBJECT) {
                    entries.read(json);
                } else {
                    json.skipChildren();
                }
            }
        }
    }
}
