package io.tickmesh.upstream.upbit;

import io.tickmesh.market.Side;
import io.tickmesh.upstream.Digits;
import io.tickmesh.upstream.Field;
import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonNames;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import io.tickmesh.upstream.Names;
import io.tickmesh.upstream.Reading;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object of Upbit, whatever their order and whether their names are long, short or those of
 * REST; filled again for each object. The short names that mean two things do so only between public and private
 * frames, or between a frame and the levels in it, and those are read apart.
 */
final class UpbitFrame {
    /** What an object is. */
    enum Type {
        /** It does not say; then it is an error or an answer. */
        NONE,
        OTHER,
        TRADE("trade"),
        TICKER("ticker"),
        BOOK("orderbook"),
        CANDLE("candle"),
        NOTICE("notice");

        final String word;

        Type() {
            this("");
        }

        Type(String word) {
            this.word = word;
        }
    }

    /** Long and short name of each meaning. */
    private static final String[] NAME_LIST = {
        "type", "ty",
        "code", "cd",
        "market", "market",
        "stream_type", "st",
        "timestamp", "tms",
        "trade_timestamp", "ttms",
        "ask_bid", "ab",
        "sequential_id", "sid",
        "candle_date_time_utc", "cdttmu",
        "orderbook_units", "obu",
        "level", "lv",
        "error", "error",
        "status", "status",
        "method", "mthd",
        "trade_price", "tp",
        "trade_volume", "tv",
        "opening_price", "op",
        "high_price", "hp",
        "low_price", "lp",
        "prev_closing_price", "pcp",
        "signed_change_price", "scp",
        "signed_change_rate", "scr",
        "acc_trade_volume", "atv",
        "acc_trade_price", "atp",
        "acc_trade_volume_24h", "atv24h",
        "acc_trade_price_24h", "atp24h",
        "candle_acc_trade_volume", "catv",
        "candle_acc_trade_price", "catp",
        "total_ask_size", "tas",
        "total_bid_size", "tbs"
    };

    private static final JsonNames NAMES = new JsonNames(NAME_LIST);
    private static final int FIRST_NUMBER = 14;
    private static final Field[] NUMBERS = {
        Field.PRICE,
        Field.SIZE,
        Field.OPEN,
        Field.HIGH,
        Field.LOW,
        Field.PREVIOUS_CLOSE,
        Field.CHANGE,
        Field.CHANGE_RATE,
        Field.VOLUME,
        Field.AMOUNT,
        Field.VOLUME_24H,
        Field.AMOUNT_24H,
        Field.VOLUME,
        Field.AMOUNT,
        Field.ASK_TOTAL,
        Field.BID_TOTAL
    };
    private static final String CANDLE_BEGINNING = "candle.";
    private static final int PERCENT_DIGITS = 2;

    final Reading reading = new Reading();

    Type type = Type.NONE;
    boolean snapshot;
    private boolean realtime;
    boolean status;
    boolean method;
    final UpbitLevel level = new UpbitLevel();

    final UpbitError error = new UpbitError();
    /** Why the record makes no sense, or null. */
    @Nullable
    String fault;

    private final @Nullable UpbitNotes notes;
    private final UpbitLevels levels = new UpbitLevels();
    private final Names names = new Names(true);
    private final Names units = new Names(false);
    private final Digits digits = new Digits();
    private long receivedAt;
    private long published;
    private long traded;

    /** Reads frames, and what private ones say into {@code notes} if there are any. */
    UpbitFrame(@Nullable UpbitNotes notes) {
        this.notes = notes;
    }

    /** Reads the object that the reader stands at the start of. */
    void read(JsonReader json, long now) throws JsonFault {
        clear(now);
        while (json.next() != Token.END_OBJECT) {
            int meaning = json.in(NAMES) >> 1;
            if (notes == null) {
                readField(json, meaning, json.next());
            } else {
                readNoted(json, meaning, json.text(), notes);
            }
        }
        if (realtime) {
            traded = UpbitTime.believable(traded, receivedAt);
            published = UpbitTime.believable(published, receivedAt);
        }
        reading.time(type == Type.TRADE ? known(traded, published) : known(published, traded));
        if (type == Type.BOOK) {
            becomeBook();
        }
    }

    private static long known(long first, long second) {
        return first == Reading.NO_TIME ? second : first;
    }

    /** Makes a ticker of REST its last trade, which has no number there: its time tells it from the next. */
    void becomeTrade() {
        reading.time(known(traded, published));
        reading.id(traded == Reading.NO_TIME ? 0 : traded / 1000);
    }

    /** Makes an object a book, of those of its market the one of its level. */
    void becomeBook() {
        type = Type.BOOK;
        if (level.isGrouped() && !reading.key().isEmpty()) {
            reading.key(level.keyIn(reading.key()));
        }
    }

    /** The registration that a public record of this object may belong to; of a book, one of that depth. */
    UpbitCode codeAt(int depth) {
        return switch (type) {
            case BOOK -> UpbitCode.ofBook(depth, reading.key());
            case CANDLE -> new UpbitCode(CANDLE_BEGINNING + reading.param(), reading.key());
            default -> new UpbitCode(type.word, reading.key());
        };
    }

    private void clear(long now) {
        reading.clear();
        type = Type.NONE;
        snapshot = false;
        realtime = false;
        status = false;
        method = false;
        level.clear();
        error.clear();
        fault = null;
        receivedAt = now;
        published = Reading.NO_TIME;
        traded = Reading.NO_TIME;
        if (notes != null) {
            notes.clear();
        }
    }

    private void readNoted(JsonReader json, int meaning, String name, UpbitNotes kept) throws JsonFault {
        Token value = json.next();
        if (value == Token.ARRAY && UpbitNotes.isAssets(name)) {
            kept.readAssets(json);
            return;
        }
        if (meaning != 0) {
            kept.keep(name, json, value);
        }
        readField(json, meaning, value);
    }

    private void readField(JsonReader json, int meaning, Token value) throws JsonFault {
        if (meaning >= FIRST_NUMBER) {
            readNumber(json, value, meaning);
            return;
        }
        switch (meaning) {
            case 0 -> readType(json, value);
            case 1, 2 -> readCode(json, value);
            case 3 -> {
                snapshot = value == Token.STRING && json.is("SNAPSHOT");
                realtime = value == Token.STRING && json.is("REALTIME");
            }
            case 4 -> published = UpbitTime.ofMillis(whole(json, value), receivedAt);
            case 5 -> traded = UpbitTime.ofMillis(whole(json, value), receivedAt);
            case 6 -> reading.side(side(json, value));
            case 7 -> reading.id(whole(json, value));
            case 8 -> readStart(json, value);
            case 9 -> readLevels(json, value);
            case 10 -> level.read(json, value);
            case 11 -> error.read(json, value);
            case 12 -> status = true;
            case 13 -> method = true;
            default -> {
                // a field that nobody needs
            }
        }
        json.skipChildren();
    }

    private void readType(JsonReader json, Token value) {
        type = Type.OTHER;
        if (value != Token.STRING) {
            return;
        }
        if (json.is("trade")) {
            type = Type.TRADE;
        } else if (json.is("ticker")) {
            type = Type.TICKER;
        } else if (json.is("orderbook")) {
            type = Type.BOOK;
        } else if (begins(json, CANDLE_BEGINNING)) {
            type = Type.CANDLE;
            reading.param(units.of(json.bytes(), json.start() + CANDLE_BEGINNING.length(), json.end()));
        } else if (notes != null && (json.is("myOrder") || json.is("myAsset"))) {
            type = Type.NOTICE;
            reading.type(json.text());
        }
    }

    private static boolean begins(JsonReader json, String ascii) {
        if (json.end() - json.start() <= ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (json.bytes()[json.start() + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A depth behind the code, should one come back, is no part of it. */
    private void readCode(JsonReader json, Token value) {
        if (value != Token.STRING) {
            return;
        }
        int end = json.start();
        while (end < json.end() && json.bytes()[end] != '.') {
            end++;
        }
        reading.key(names.of(json.bytes(), json.start(), end));
    }

    private static @Nullable Side side(JsonReader json, Token value) {
        if (value != Token.STRING) {
            return null;
        }
        if (json.is("BID")) {
            return Side.BUY;
        }
        return json.is("ASK") ? Side.SELL : null;
    }

    private void readStart(JsonReader json, Token value) {
        long start = value == Token.STRING ? UpbitTime.ofText(json.bytes(), json.start(), json.end()) : Reading.NO_TIME;
        if (start == Reading.NO_TIME) {
            fault = "candle_date_time_utc: not a time";
        } else {
            reading.start(start);
        }
    }

    private void readLevels(JsonReader json, Token value) throws JsonFault {
        if (value == Token.ARRAY && !levels.read(json, reading)) {
            fault = "orderbook_units: not a number that is kept";
        }
    }

    private static boolean isText(Token value) {
        return value == Token.NUMBER || value == Token.STRING;
    }

    /** A whole number, or 0 where there is none. */
    private long whole(JsonReader json, Token value) {
        if (!isText(value) || !json.digits(digits) || !digits.present()) {
            return 0;
        }
        long whole = digits.unscaled();
        for (int i = 0; i < digits.scale(); i++) {
            whole /= 10;
        }
        return whole;
    }

    private void readNumber(JsonReader json, Token value, int meaning) throws JsonFault {
        if (value == Token.NULL) {
            return;
        }
        if (!isText(value) || !json.digits(digits)) {
            fault = NAME_LIST[2 * meaning] + ": not a number that is kept";
            json.skipChildren();
        } else if (NUMBERS[meaning - FIRST_NUMBER] == Field.CHANGE_RATE) {
            readRate();
        } else {
            reading.set(NUMBERS[meaning - FIRST_NUMBER], digits);
        }
    }

    /** Upbit's rate is a fraction of one. */
    private void readRate() {
        if (!digits.present()) {
            return;
        }
        long unscaled = digits.unscaled();
        int scale = digits.scale() - PERCENT_DIGITS;
        for (; scale < 0; scale++) {
            if (Math.abs(unscaled) > Long.MAX_VALUE / 10) {
                fault = "signed_change_rate: not a number that is kept";
                return;
            }
            unscaled *= 10;
        }
        reading.set(Field.CHANGE_RATE, unscaled, scale);
    }

    /** What keeps the record from being of use, or null. */
    @Nullable
    String lack() {
        if (fault != null) {
            return fault;
        }
        if (reading.key().isEmpty()) {
            return type.word + " without code";
        }
        return switch (type) {
            case TRADE, TICKER -> reading.has(Field.PRICE) ? null : type.word + " without trade_price";
            case BOOK -> lackOfBook();
            case CANDLE -> isWholeCandle() ? null : "candle without a start or one of its four prices";
            default -> null;
        };
    }

    private @Nullable String lackOfBook() {
        if (!level.isSound()) {
            return "level: not a number that is kept";
        }
        return reading.asks().count() + reading.bids().count() > 0 ? null : "orderbook without a level";
    }

    private boolean isWholeCandle() {
        return reading.start() != 0
                && reading.has(Field.OPEN)
                && reading.has(Field.HIGH)
                && reading.has(Field.LOW)
                && reading.has(Field.PRICE);
    }
}
