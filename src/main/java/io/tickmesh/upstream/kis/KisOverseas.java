package io.tickmesh.upstream.kis;

import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.Field;
import io.tickmesh.upstream.Reading;
import org.jspecify.annotations.Nullable;

/** The records of overseas stocks: trades and books, timed by Seoul's clock. */
final class KisOverseas {
    private static final int BUSINESS_DATE = 3;
    private static final int TRADE_DATE = 6;
    private static final int TRADE_HOUR = 7;
    private static final int OPEN = 8;
    private static final int HIGH = 9;
    private static final int LOW = 10;
    private static final int PRICE = 11;
    private static final int DIRECTION = 12;
    private static final int CHANGE = 13;
    private static final int CHANGE_RATE = 14;
    private static final int SIZE = 19;
    private static final int VOLUME = 20;
    private static final int AMOUNT = 21;

    private static final int BOOK_DATE = 5;
    private static final int BOOK_HOUR = 6;
    private static final int BID_TOTAL = 7;
    private static final int ASK_TOTAL = 8;
    private static final int FIRST_LEVEL = 11;
    private static final int FIELDS_OF_LEVEL = 6;
    private static final int MOST_LEVELS = 10;

    private static final int DATE_DIGITS = 8;
    private static final int CLOCK_DIGITS = 6;
    private static final long SECONDS_PLACES = 1_000_000;
    private static final long QUARTER_OF_AN_HOUR = 900_000_000;

    private final KisRecord record;

    KisOverseas(KisRecord record) {
        this.record = record;
    }

    /** The free feeds of Asian markets are late by their nature. */
    private static long delayOf(String key) {
        @Nullable KisMarket market = KisMarket.ofKey(key);
        return market != null && market.isAsian() ? QUARTER_OF_AN_HOUR : 0;
    }

    void trade(KisFields fields, long receivedAt, FeedEvents events) {
        record.begin(fields);
        record.overseas();
        Reading reading = record.reading;
        int date = fields.digits(TRADE_DATE, DATE_DIGITS);
        int clock = fields.digits(TRADE_HOUR, CLOCK_DIGITS);
        reading.time(KisTime.micros(date, clock, receivedAt, delayOf(reading.key())));
        char direction = fields.only(DIRECTION);
        record.priceAndChange(PRICE, CHANGE, direction);
        record.signed(CHANGE_RATE, direction, Field.CHANGE_RATE);
        record.price(OPEN, Field.OPEN);
        record.price(HIGH, Field.HIGH);
        record.price(LOW, Field.LOW);
        record.number(SIZE, Field.SIZE);
        record.number(VOLUME, Field.VOLUME);
        record.number(AMOUNT, Field.AMOUNT);
        @Nullable String fault = record.fault();
        if (fault != null) {
            events.onBadFrame(fault);
        } else if (reading.unscaled(Field.PRICE) <= 0) {
            events.onBadFrame("trade without a price");
        } else {
            record.tellTrade(fields.digits(BUSINESS_DATE, DATE_DIGITS), date * SECONDS_PLACES + clock, events);
        }
    }

    /** Books have one level or ten, and bids before asks in each. */
    void book(KisFields fields, int width, long receivedAt, FeedEvents events) {
        record.begin(fields);
        record.overseas();
        Reading reading = record.reading;
        int date = fields.digits(BOOK_DATE, DATE_DIGITS);
        int clock = fields.digits(BOOK_HOUR, CLOCK_DIGITS);
        reading.time(KisTime.micros(date, clock, receivedAt, delayOf(reading.key())));
        int levels = Math.min(MOST_LEVELS, (width - FIRST_LEVEL) / FIELDS_OF_LEVEL);
        for (int i = 0; i < levels; i++) {
            int level = FIRST_LEVEL + i * FIELDS_OF_LEVEL;
            record.level(reading.bids(), level, level + 2);
            record.level(reading.asks(), level + 1, level + 3);
        }
        record.number(BID_TOTAL, Field.BID_TOTAL);
        record.number(ASK_TOTAL, Field.ASK_TOTAL);
        record.number(FIRST_LEVEL, Field.BID_PRICE);
        record.number(FIRST_LEVEL + 1, Field.ASK_PRICE);
        record.number(FIRST_LEVEL + 2, Field.BID_SIZE);
        record.number(FIRST_LEVEL + 3, Field.ASK_SIZE);
        @Nullable String fault = record.fault();
        if (fault != null) {
            events.onBadFrame(fault);
        } else {
            record.tellBook(events);
        }
    }
}
