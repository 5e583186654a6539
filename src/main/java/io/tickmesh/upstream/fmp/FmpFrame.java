package io.tickmesh.upstream.fmp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Printable;
import io.tickmesh.upstream.Reading;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object of FMP, whatever their order; filled again for each object. */
final class FmpFrame {
    static final char NO_TYPE = 0;

    private static final char OTHER_TYPE = '?';
    private static final int STATUS_DIGITS = 3;

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
    private long receivedAt;

    /** Reads the object that the parser stands at the start of. */
    void read(JsonParser parser, long now) throws IOException {
        clear(now);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            readField(parser, field, value);
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

    private void readField(JsonParser parser, String field, JsonToken value) throws IOException {
        switch (field) {
            case "s" -> {
                @Nullable String symbol = name(parser, value, symbols);
                reading.code(symbol == null ? "" : symbol);
            }
            case "e" -> reading.exchange(name(parser, value, exchanges));
            case "t" -> reading.time(time(parser, value));
            case "type" -> type = type(parser, value);
            case "lp" -> reading.price(tradeNumber(parser, value, field));
            case "ls" -> reading.size(tradeNumber(parser, value, field));
            case "ap" -> reading.askPrice(quoteNumber(parser, value, field));
            case "as" -> reading.askSize(quoteNumber(parser, value, field));
            case "bp" -> reading.bidPrice(quoteNumber(parser, value, field));
            case "bs" -> reading.bidSize(quoteNumber(parser, value, field));
            case "event" -> event = text(parser, value);
            case "status", "message" -> readReply(parser, field, value);
            case "data" -> readNestedReply(parser, value);
            default -> parser.skipChildren();
        }
    }

    private void readReply(JsonParser parser, String field, JsonToken value) throws IOException {
        if (field.equals("status")) {
            status = status(parser, value);
        } else {
            message = text(parser, value);
        }
    }

    /** Some replies carry status and message one level down. */
    private void readNestedReply(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            JsonToken nested = parser.nextToken();
            if (field.equals("status") || field.equals("message")) {
                readReply(parser, field, nested);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static @Nullable String text(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    private static @Nullable String name(JsonParser parser, JsonToken value, Names names) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return names.of(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        }
        parser.skipChildren();
        return null;
    }

    private static char type(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return NO_TYPE;
        }
        if (value == JsonToken.VALUE_STRING && parser.getTextLength() == 1) {
            return parser.getTextCharacters()[parser.getTextOffset()];
        }
        parser.skipChildren();
        return OTHER_TYPE;
    }

    private long time(JsonParser parser, JsonToken value) throws IOException {
        if (!value.isNumeric() && value != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return Reading.NO_TIME;
        }
        return FmpTime.micros(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), receivedAt);
    }

    private static int status(JsonParser parser, JsonToken value) throws IOException {
        if (!value.isNumeric() && value != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return 0;
        }
        String digits = parser.getText();
        boolean plain = digits.length() == STATUS_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Integer.parseInt(digits) : 0;
    }

    private @Nullable Decimal tradeNumber(JsonParser parser, JsonToken value, String field) throws IOException {
        if (type == 'Q') {
            parser.skipChildren();
            return null;
        }
        try {
            return number(parser, value);
        } catch (IllegalArgumentException e) {
            tradeFault = field + ": " + Printable.of(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable Decimal quoteNumber(JsonParser parser, JsonToken value, String field) throws IOException {
        if (type == 'T' || type == 'B') {
            parser.skipChildren();
            return null;
        }
        try {
            return number(parser, value);
        } catch (IllegalArgumentException e) {
            quoteFault = field + ": " + Printable.of(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static @Nullable Decimal number(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value.isNumeric() || value == JsonToken.VALUE_STRING) {
            return Decimal.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        }
        parser.skipChildren();
        throw new IllegalArgumentException("not a number");
    }
}
