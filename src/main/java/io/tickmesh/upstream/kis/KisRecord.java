package io.tickmesh.upstream.kis;

import io.tickmesh.market.Kind;
import io.tickmesh.upstream.BookSide;
import io.tickmesh.upstream.Digits;
import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.Field;
import io.tickmesh.upstream.Names;
import io.tickmesh.upstream.Reading;
import org.jspecify.annotations.Nullable;

/** Takes the fields of one record into a {@link Reading}; filled again for each record. */
final class KisRecord {
    private static final int LONGEST_KEY = 32;
    private static final int BITS_OF_VOLUME = 38;

    final Reading reading = new Reading();
    private final Digits digits = new Digits();
    private final Digits size = new Digits();
    private final Digits change = new Digits();
    private final Names names = new Names(false);
    private final KisVolumes volumes = new KisVolumes();
    private final byte[] key = new byte[LONGEST_KEY + 4];
    private KisFields fields = new KisFields();

    /** Why the record makes no sense, if it does not. */
    private @Nullable String fault;

    void begin(KisFields newFields) {
        fields = newFields;
        fault = null;
        reading.clear();
    }

    @Nullable
    String fault() {
        return fault;
    }

    /** The record is of the stock in its first field, at a venue. */
    void domestic(KisVenue venue) {
        int start = fields.start(0);
        int length = fields.end(0) - start;
        if (length == 0 || length > LONGEST_KEY) {
            fault = "record without a code";
            return;
        }
        System.arraycopy(fields.bytes(), start, key, 0, length);
        String word = venue.word();
        if (!word.isEmpty()) {
            key[length++] = '@';
            for (int i = 0; i < word.length(); i++) {
                key[length++] = (byte) word.charAt(i);
            }
        }
        reading.key(names.of(key, 0, length));
        reading.exchange(venue.exchange());
    }

    /** The record is of the {@code tr_key} in its first field, which names the market too. */
    void overseas() {
        int start = fields.start(0);
        int end = fields.end(0);
        if (end - start <= 4 || end - start > LONGEST_KEY) {
            fault = "record without a key";
            return;
        }
        reading.key(names.of(fields.bytes(), start, end));
        reading.exchange(names.of(fields.bytes(), start + 1, start + 4));
    }

    void number(int field, Field as) {
        if (read(field, digits)) {
            reading.set(as, digits);
        }
    }

    /** A price that is 0 before there is one. */
    void price(int field, Field as) {
        if (read(field, digits) && digits.unscaled() != 0) {
            reading.set(as, digits);
        }
    }

    /** A number whose sign is in another field. */
    void signed(int field, char direction, Field as) {
        if (read(field, digits)) {
            KisChange.sign(digits, direction);
            reading.set(as, digits);
        }
    }

    /** Price and change, and so the previous close. */
    void priceAndChange(int priceField, int changeField, char direction) {
        boolean priced = read(priceField, digits);
        boolean moved = read(changeField, change);
        if (priced) {
            reading.set(Field.PRICE, digits);
        }
        if (moved) {
            KisChange.sign(change, direction);
            reading.set(Field.CHANGE, change);
        }
        if (priced && moved) {
            KisChange.setPreviousClose(reading, digits, change);
        }
    }

    /** Adds a level to a side of the book; levels that are not there have a price of 0. */
    void level(BookSide side, int priceField, int sizeField) {
        if (read(priceField, digits) && digits.unscaled() != 0 && read(sizeField, size)) {
            side.add(digits, size);
        }
    }

    /**
     * Tells of a trade, unless it comes too late.
     *
     * @param day the business day
     * @param moment rises with the time of the trade
     */
    void tellTrade(int day, long moment, FeedEvents events) {
        long volume = reading.unscaled(Field.VOLUME);
        if (volume > 0) {
            if (volumes.isLate(reading.key(), day, moment, volume)) {
                events.onHeartbeat();
                return;
            }
            reading.id(idOf(day, volume));
        }
        events.onReading(Kind.TRADE, reading);
        events.onReading(Kind.TICKER, reading);
    }

    /** A trade has no number, but what was traded until then is the same for no two trades of a day. */
    private static long idOf(int day, long volume) {
        return ((long) Math.max(day, 0) << BITS_OF_VOLUME) | (volume & ((1L << BITS_OF_VOLUME) - 1));
    }

    /** Tells of a book and its best prices; one with nothing in it is no news. */
    void tellBook(FeedEvents events) {
        boolean levels = reading.asks().count() + reading.bids().count() > 0;
        boolean prices = reading.has(Field.ASK_PRICE) || reading.has(Field.BID_PRICE);
        if (levels) {
            events.onReading(Kind.BOOK, reading);
        }
        if (prices) {
            events.onReading(Kind.QUOTE, reading);
        }
        if (!levels && !prices) {
            events.onHeartbeat();
        }
    }

    private boolean read(int field, Digits into) {
        if (!fields.number(field, into)) {
            fault = "field " + field + " is not a number that is kept";
            return false;
        }
        return into.present();
    }
}
