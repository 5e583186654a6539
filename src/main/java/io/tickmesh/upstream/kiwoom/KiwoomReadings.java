package io.tickmesh.upstream.kiwoom;

import io.tickmesh.market.Kind;
import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.Field;
import io.tickmesh.upstream.Reading;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the entries of REAL frames mean, by their types. */
final class KiwoomReadings {
    private static final int PRICE = 10;
    private static final int CHANGE = 11;
    private static final int CHANGE_RATE = 12;
    private static final int VOLUME = 13;
    private static final int AMOUNT = 14;
    private static final int SIZE = 15;
    private static final int OPEN = 16;
    private static final int HIGH = 17;
    private static final int LOW = 18;
    private static final int TRADE_TIME = 20;
    private static final int BOOK_TIME = 21;
    private static final int BEST_ASK = 27;
    private static final int BEST_BID = 28;
    private static final int ASK_PRICES = 40;
    private static final int BID_PRICES = 50;
    private static final int ASK_SIZES = 60;
    private static final int BID_SIZES = 70;
    private static final int LEVELS = 10;
    private static final int ASK_TOTAL = 121;
    private static final int BID_TOTAL = 125;
    private static final int ORDER_TIME = 908;
    private static final int INTERRUPTION_TIME = 1223;
    private static final int CODE = 9001;
    private static final int VENUE = 9081;

    private static final int TRADE = KiwoomEntries.type('0', 'B');
    private static final int SUMMARY = KiwoomEntries.type('0', 'A');
    private static final int QUOTE = KiwoomEntries.type('0', 'C');
    private static final int BOOK = KiwoomEntries.type('0', 'D');
    private static final int EXPECTED = KiwoomEntries.type('0', 'H');
    private static final int SESSION = KiwoomEntries.type('0', 's');
    private static final int INTERRUPTION = KiwoomEntries.type('1', 'h');
    private static final int ORDER = KiwoomEntries.type('0', '0');
    private static final int BALANCE = KiwoomEntries.type('0', '4');

    private static final int MOST_FIELDS = 128;
    private static final int BITS_OF_VOLUME = 38;

    private final KiwoomRecord record = new KiwoomRecord();
    private final KiwoomVolumes volumes = new KiwoomVolumes();

    int volumes() {
        return volumes.size();
    }

    /** Tells what the selected entry means. */
    void tell(KiwoomEntries entries, long receivedAt, FeedEvents events) {
        record.begin(entries, receivedAt);
        int type = entries.type();
        if (type == TRADE) {
            tellTrade(events);
        } else if (type == BOOK) {
            tellBook(events);
        } else if (type == QUOTE) {
            tellQuote(events);
        } else if (type == SUMMARY) {
            tellSummary(events);
        } else if (type == EXPECTED) {
            tellExpected(events);
        } else if (type == SESSION || type == INTERRUPTION) {
            tellStatus(entries, type == SESSION, events);
        } else if (type == ORDER || type == BALANCE) {
            tellNotice(entries, events);
        } else {
            events.onUnknown();
        }
    }

    private boolean isFaulty(FeedEvents events) {
        @Nullable String fault = record.fault();
        if (fault != null) {
            events.onBadFrame(fault);
        }
        return fault != null;
    }

    private void tellTrade(FeedEvents events) {
        KiwoomVenue venue = record.item();
        Reading reading = record.reading;
        @Nullable String exchange = venue.exchange();
        reading.exchange(exchange == null ? record.exchange(VENUE) : exchange);
        long moment = record.time(TRADE_TIME);
        readSummary();
        record.sizeAndSide(SIZE);
        if (isFaulty(events)) {
            return;
        }
        if (reading.unscaled(Field.PRICE) == 0) {
            events.onBadFrame("0B without a price");
        } else if (isNews(reading, moment)) {
            if (!reading.has(Field.SIZE) || reading.unscaled(Field.SIZE) != 0) {
                events.onReading(Kind.TRADE, reading);
            }
            events.onReading(Kind.TICKER, reading);
        } else {
            events.onHeartbeat();
        }
    }

    /** A trade has no number, but what was traded until then is the same for no two trades of a day. */
    private boolean isNews(Reading reading, long moment) {
        long volume = reading.unscaled(Field.VOLUME);
        if (volume <= 0 || moment == Reading.NO_TIME) {
            return true;
        }
        reading.id((KiwoomTime.dayOf(moment) << BITS_OF_VOLUME) | (volume & ((1L << BITS_OF_VOLUME) - 1)));
        return !volumes.isLate(reading.key(), moment, volume);
    }

    private void readSummary() {
        record.priceAndChange(PRICE, CHANGE);
        record.number(CHANGE_RATE, Field.CHANGE_RATE);
        record.number(VOLUME, Field.VOLUME);
        record.millions(AMOUNT, Field.AMOUNT);
        record.priceIfAny(OPEN, Field.OPEN);
        record.priceIfAny(HIGH, Field.HIGH);
        record.priceIfAny(LOW, Field.LOW);
    }

    /** A price without a trade. */
    private void tellSummary(FeedEvents events) {
        record.item();
        readSummary();
        if (isFaulty(events)) {
            return;
        }
        if (record.reading.unscaled(Field.PRICE) == 0) {
            events.onBadFrame("0A without a price");
        } else {
            events.onReading(Kind.TICKER, record.reading);
        }
    }

    private void tellQuote(FeedEvents events) {
        record.item();
        record.price(BEST_ASK, Field.ASK_PRICE);
        record.price(BEST_BID, Field.BID_PRICE);
        if (isFaulty(events)) {
            return;
        }
        if (!record.reading.has(Field.ASK_PRICE) && !record.reading.has(Field.BID_PRICE)) {
            events.onBadFrame("0C without a price");
        } else {
            events.onReading(Kind.QUOTE, record.reading);
        }
    }

    private void tellBook(FeedEvents events) {
        record.item();
        Reading reading = record.reading;
        record.time(BOOK_TIME);
        for (int i = 1; i <= LEVELS; i++) {
            record.level(reading.asks(), ASK_PRICES + i, ASK_SIZES + i);
            record.level(reading.bids(), BID_PRICES + i, BID_SIZES + i);
        }
        record.number(ASK_TOTAL, Field.ASK_TOTAL);
        record.number(BID_TOTAL, Field.BID_TOTAL);
        record.price(ASK_PRICES + 1, Field.ASK_PRICE);
        record.number(ASK_SIZES + 1, Field.ASK_SIZE);
        record.price(BID_PRICES + 1, Field.BID_PRICE);
        record.number(BID_SIZES + 1, Field.BID_SIZE);
        if (isFaulty(events)) {
            return;
        }
        boolean quoted = reading.has(Field.ASK_PRICE) || reading.has(Field.BID_PRICE);
        boolean levels = reading.asks().count() + reading.bids().count() > 0;
        if (levels) {
            events.onReading(Kind.BOOK, reading);
        }
        if (quoted) {
            events.onReading(Kind.QUOTE, reading);
        } else if (!levels) {
            events.onBadFrame("0D without a level");
        }
    }

    /** An expected price of 0 says that nothing would match. */
    private void tellExpected(FeedEvents events) {
        record.item();
        record.time(TRADE_TIME);
        record.priceAndChange(PRICE, CHANGE);
        record.number(CHANGE_RATE, Field.CHANGE_RATE);
        record.sizeAndSide(SIZE);
        if (isFaulty(events)) {
            return;
        }
        record.reading.side(null);
        if (!record.reading.has(Field.PRICE)) {
            events.onBadFrame("0H without a price");
        } else if (record.reading.unscaled(Field.PRICE) == 0) {
            events.onHeartbeat();
        } else {
            events.onReading(Kind.EXPECTED, record.reading);
        }
    }

    private void tellStatus(KiwoomEntries entries, boolean ofMarket, FeedEvents events) {
        Reading reading = record.reading;
        if (ofMarket) {
            reading.key(KiwoomSymbology.MARKET);
            record.time(TRADE_TIME);
        } else {
            record.stockOf(CODE);
            record.time(INTERRUPTION_TIME);
        }
        if (isFaulty(events)) {
            return;
        }
        Map<String, String> fields = entries.fields(MOST_FIELDS);
        if (fields.isEmpty()) {
            events.onBadFrame(entries.typeText() + " without values");
        } else {
            reading.fields(fields);
            events.onReading(Kind.STATUS, reading);
        }
    }

    private void tellNotice(KiwoomEntries entries, FeedEvents events) {
        Map<String, String> fields = entries.fields(MOST_FIELDS);
        if (fields.isEmpty()) {
            events.onBadFrame(entries.typeText() + " without values");
            return;
        }
        record.time(ORDER_TIME);
        record.reading.type(entries.typeText());
        record.reading.fields(fields);
        events.onReading(Kind.NOTICE, record.reading);
    }
}
