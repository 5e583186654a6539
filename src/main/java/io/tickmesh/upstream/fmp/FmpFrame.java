package io.tickmesh.upstream.fmp;

import io.tickmesh.upstream.Digits;
import io.tickmesh.upstream.Field;
import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonNames;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import io.tickmesh.upstream.Names;
import io.tickmesh.upstream.Reading;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object of FMP, whatever their order; filled again for each object. */
final class FmpFrame {
    static final char NO_TYPE = 0;

    private static final char OTHER_TYPE = '?';
    private static final int STATUS_DIGITS = 3;

    private static final JsonNames NAMES = new JsonNames(
            "s", "e", "t", "type", "lp", "ls", "ap", "as", "bp", "bs", "event", "status", "message", "data");
    private static final int STATUS = 11;
    private static final int MESSAGE = 12;
    private static final int FIRST_NUMBER = 4;
    private static final int FIRST_QUOTE_NUMBER = 6;
    private static final Field[] NUMBERS = {
        Field.PRICE, Field.SIZE, Field.ASK_PRICE, Field.ASK_SIZE, Field.BID_PRICE, Field.BID_SIZE
    };
    private static final String[] NUMBER_NAMES = {"lp", "ls", "ap", "as", "bp", "bs"};

    final Reading reading = new Reading();

    @Nullable
    String event;

    @Nullable
    String message;

    int status;
    char type;

    /** Why the trade part, or the quote part, makes no sense; the part that the type does not ask for is let be. */
    @Nullable
    String tradeFault;

    @Nullable
    String quoteFault;

    private final Names symbols = new Names(true);
    private final Names exchanges = new Names(false);
    private final Digits digits = new Digits();
    private long receivedAt;

    /** Reads the object that the reader stands at the start of. */
    void read(JsonReader json, long now) throws JsonFault {
        clear(now);
        while (json.next() != Token.END_OBJECT) {
            int name = json.in(NAMES);
            readField(json, name, json.next());
        }
    }

    private void clear(long now) {
        reading.clear();
        event = null;
        message = null;
        status = 0;
        type = NO_TYPE;
        tradeFault = null;
        quoteFault = null;
        receivedAt = now;
    }

    private void readField(JsonReader json, int name, Token value) throws JsonFault {
        switch (name) {
            case 0 -> {
                @Nullable String symbol = name(json, value, symbols);
                reading.key(symbol == null ? "" : symbol);
            }
            case 1 -> reading.exchange(name(json, value, exchanges));
            case 2 -> reading.time(time(json, value));
            case 3 -> type = type(json, value);
            case 4, 5, 6, 7, 8, 9 -> readNumber(json, value, name - FIRST_NUMBER);
            case 10 -> event = text(json, value);
            case STATUS, MESSAGE -> readReply(json, name, value);
            case 13 -> readNestedReply(json, value);
            default -> json.skipChildren();
        }
    }

    private void readReply(JsonReader json, int name, Token value) throws JsonFault {
        if (name == STATUS) {
            status = status(json, value);
        } else {
            message = text(json, value);
        }
    }

    /** Some replies carry status and message one level down. */
    private void readNestedReply(JsonReader json, Token value) throws JsonFault {
        if (value != Token.OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.next() != Token.END_OBJECT) {
            int name = json.in(NAMES);
            Token nested = json.next();
            if (name == STATUS || name == MESSAGE) {
                readReply(json, name, nested);
            } else {
                json.skipChildren();
            }
        }
    }

    private static @Nullable String text(JsonReader json, Token value) throws JsonFault {
        if (value == Token.STRING) {
            return json.text();
        }
        json.skipChildren();
        return null;
    }

    private static @Nullable String name(JsonReader json, Token value, Names names) throws JsonFault {
        if (value == Token.STRING) {
            return names.of(json.bytes(), json.start(), json.end());
        }
        json.skipChildren();
        return null;
    }

    private static char type(JsonReader json, Token value) throws JsonFault {
        if (value == Token.NULL) {
            return NO_TYPE;
        }
        if (value == Token.STRING && json.end() - json.start() == 1) {
            return (char) json.bytes()[json.start()];
        }
        json.skipChildren();
        return OTHER_TYPE;
    }

    private static boolean isText(Token value) {
        return value == Token.NUMBER || value == Token.STRING;
    }

    private long time(JsonReader json, Token value) throws JsonFault {
        if (!isText(value)) {
            json.skipChildren();
            return Reading.NO_TIME;
        }
        return FmpTime.micros(json.bytes(), json.start(), json.end() - json.start(), receivedAt);
    }

    private static int status(JsonReader json, Token value) throws JsonFault {
        if (!isText(value)) {
            json.skipChildren();
            return 0;
        }
        String digits = json.text();
        boolean plain = digits.length() == STATUS_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Integer.parseInt(digits) : 0;
    }

    /** The half that a type seen already does not ask for is let be. */
    private void readNumber(JsonReader json, Token value, int number) throws JsonFault {
        boolean ofQuote = number + FIRST_NUMBER >= FIRST_QUOTE_NUMBER;
        boolean unwanted = ofQuote ? type == 'T' || type == 'B' : type == 'Q';
        if (unwanted || value == Token.NULL) {
            json.skipChildren();
        } else if (isText(value) && json.digits(digits) && digits.present()) {
            reading.set(NUMBERS[number], digits);
        } else {
            json.skipChildren();
            String fault = NUMBER_NAMES[number] + ": not a number that is kept";
            if (ofQuote) {
                quoteFault = fault;
            } else {
                tradeFault = fault;
            }
        }
    }
}
