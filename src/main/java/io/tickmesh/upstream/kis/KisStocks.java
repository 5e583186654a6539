package io.tickmesh.upstream.kis;

import io.tickmesh.market.Kind;
import io.tickmesh.market.Side;
import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.Field;
import io.tickmesh.upstream.Reading;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of domestic stocks: trades, books, expected matches, market status. */
final class KisStocks {
    private static final int TRADE_HOUR = 1;
    private static final int PRICE = 2;
    private static final int DIRECTION = 3;
    private static final int CHANGE = 4;
    private static final int CHANGE_RATE = 5;
    private static final int OPEN = 7;
    private static final int HIGH = 8;
    private static final int LOW = 9;
    private static final int SIZE = 12;
    private static final int VOLUME = 13;
    private static final int AMOUNT = 14;
    private static final int AGGRESSOR = 21;
    private static final int BUSINESS_DATE = 33;
    private static final int TRADE_PHASE = 43;

    private static final int BOOK_HOUR = 1;
    private static final int BOOK_PHASE = 2;
    private static final int LEVELS = 10;
    private static final int ASK_PRICES = 3;
    private static final int BID_PRICES = 13;
    private static final int ASK_SIZES = 23;
    private static final int BID_SIZES = 33;
    private static final int ASK_TOTAL = 43;
    private static final int BID_TOTAL = 44;
    private static final int EXPECTED_PRICE = 47;
    private static final int EXPECTED_SIZE = 48;
    private static final int EXPECTED_CHANGE = 50;
    private static final int EXPECTED_DIRECTION = 51;
    private static final int EXPECTED_RATE = 52;

    private static final int MOST_STATUS_FIELDS = 32;

    private static final int DATE_DIGITS = 8;
    private static final int CLOCK_DIGITS = 6;
    private static final long SECONDS_PLACES = 1_000_000;

    private final KisRecord record;

    KisStocks(KisRecord record) {
        this.record = record;
    }

    /** Whether an auction is going on, by {@code HOUR_CLS_CODE}: then numbers tell what it would yield. */
    private static boolean isAuction(char phase) {
        return phase >= 'A' && phase <= 'D';
    }

    void trade(KisFields fields, KisVenue venue, long receivedAt, FeedEvents events) {
        int day = readTrade(fields, venue, receivedAt);
        Reading reading = record.reading;
        @Nullable String fault = record.fault();
        if (fault != null) {
            events.onBadFrame(fault);
        } else if (isAuction(fields.only(TRADE_PHASE))) {
            tellExpected(events);
        } else if (reading.unscaled(Field.PRICE) <= 0) {
            events.onBadFrame("trade without a price");
        } else {
            record.tellTrade(day, day * SECONDS_PLACES + fields.digits(TRADE_HOUR, CLOCK_DIGITS), events);
        }
    }

    /** A trade's record without trades: its values are the expected ones. */
    void expected(KisFields fields, KisVenue venue, long receivedAt, FeedEvents events) {
        readTrade(fields, venue, receivedAt);
        @Nullable String fault = record.fault();
        if (fault != null) {
            events.onBadFrame(fault);
        } else {
            tellExpected(events);
        }
    }

    /** An expected price of 0 says that nothing would match. */
    private void tellExpected(FeedEvents events) {
        if (record.reading.unscaled(Field.PRICE) > 0) {
            events.onReading(Kind.EXPECTED, record.reading);
        } else {
            events.onHeartbeat();
        }
    }

    /** Tells the business date, or -1. */
    private int readTrade(KisFields fields, KisVenue venue, long receivedAt) {
        record.begin(fields);
        record.domestic(venue);
        int day = fields.digits(BUSINESS_DATE, DATE_DIGITS);
        int clock = fields.digits(TRADE_HOUR, CLOCK_DIGITS);
        record.reading.time(day < 0 ? KisTime.micros(clock, receivedAt) : KisTime.micros(day, clock, receivedAt, 0));
        char direction = fields.only(DIRECTION);
        record.priceAndChange(PRICE, CHANGE, direction);
        record.signed(CHANGE_RATE, direction, Field.CHANGE_RATE);
        record.price(OPEN, Field.OPEN);
        record.price(HIGH, Field.HIGH);
        record.price(LOW, Field.LOW);
        record.number(SIZE, Field.SIZE);
        record.number(VOLUME, Field.VOLUME);
        record.number(AMOUNT, Field.AMOUNT);
        char aggressor = fields.only(AGGRESSOR);
        record.reading.side(aggressor == '1' ? Side.BUY : aggressor == '5' ? Side.SELL : null);
        return day;
    }

    void book(KisFields fields, KisVenue venue, long receivedAt, FeedEvents events) {
        record.begin(fields);
        record.domestic(venue);
        Reading reading = record.reading;
        reading.time(KisTime.micros(fields.digits(BOOK_HOUR, CLOCK_DIGITS), receivedAt));
        for (int i = 0; i < LEVELS; i++) {
            record.level(reading.asks(), ASK_PRICES + i, ASK_SIZES + i);
            record.level(reading.bids(), BID_PRICES + i, BID_SIZES + i);
        }
        record.number(ASK_TOTAL, Field.ASK_TOTAL);
        record.number(BID_TOTAL, Field.BID_TOTAL);
        record.number(ASK_PRICES, Field.ASK_PRICE);
        record.number(ASK_SIZES, Field.ASK_SIZE);
        record.number(BID_PRICES, Field.BID_PRICE);
        record.number(BID_SIZES, Field.BID_SIZE);
        boolean auction = isAuction(fields.only(BOOK_PHASE));
        if (auction) {
            readExpected(fields);
        }
        @Nullable String fault = record.fault();
        if (fault != null) {
            events.onBadFrame(fault);
            return;
        }
        record.tellBook(events);
        if (auction) {
            tellExpected(events);
        }
    }

    private void readExpected(KisFields fields) {
        char direction = fields.only(EXPECTED_DIRECTION);
        record.priceAndChange(EXPECTED_PRICE, EXPECTED_CHANGE, direction);
        record.number(EXPECTED_SIZE, Field.SIZE);
        record.signed(EXPECTED_RATE, direction, Field.CHANGE_RATE);
    }

    /** The fields of market status have no known names: they go by their places, counted from 0. */
    void status(KisFields fields, int width, KisVenue venue, FeedEvents events) {
        record.begin(fields);
        record.domestic(venue);
        @Nullable String fault = record.fault();
        if (fault != null) {
            events.onBadFrame(fault);
            return;
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < Math.min(width, MOST_STATUS_FIELDS); i++) {
            values.put(Integer.toString(i), fields.text(i));
        }
        record.reading.fields(values);
        events.onReading(Kind.STATUS, record.reading);
    }
}
