package io.tickmesh.upstream.kiwoom;

import io.tickmesh.market.Side;
import io.tickmesh.upstream.BookSide;
import io.tickmesh.upstream.Digits;
import io.tickmesh.upstream.Field;
import io.tickmesh.upstream.Names;
import io.tickmesh.upstream.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Takes the values of one entry into a {@link Reading}; filled again for each entry. Prices are signed by how they stand
 * to the base price, each by itself: their signs are taken away. Those of changes and of the size of a trade are real.
 */
final class KiwoomRecord {
    private static final int LONGEST_KEY = 16;
    private static final int CODE = 6;
    private static final long MILLION = 1_000_000;

    final Reading reading = new Reading();
    private final Digits digits = new Digits();
    private final Digits second = new Digits();
    private final Names names = new Names(false);
    private final byte[] key = new byte[LONGEST_KEY];
    private KiwoomEntries entries = new KiwoomEntries();
    private long receivedAt;

    /** Why the entry makes no sense, if it does not. */
    private @Nullable String fault;

    void begin(KiwoomEntries newEntries, long now) {
        entries = newEntries;
        receivedAt = now;
        fault = null;
        reading.clear();
    }

    @Nullable
    String fault() {
        return fault;
    }

    /** The entry is of the stock and venue that its item names. */
    KiwoomVenue item() {
        return stock(entries.itemStart(), entries.itemEnd(), false);
    }

    /** The entry is of the stock in that field, or else in its item; venues do not count. */
    void stockOf(int fid) {
        int value = entries.find(fid);
        boolean there = value >= 0 && entries.end(value) > entries.start(value);
        int from = there ? entries.start(value) : entries.itemStart();
        int to = there ? entries.end(value) : entries.itemEnd();
        // News of accounts and of interruptions have the letter of the sort of security before the code.
        boolean lettered = to - from == CODE + 1 && entries.bytes()[from] == 'A';
        stock(lettered ? from + 1 : from, to, true);
    }

    private KiwoomVenue stock(int start, int end, boolean anyVenue) {
        byte[] text = entries.bytes();
        int from = start;
        int to = end;
        while (from < to && text[from] == ' ') {
            from++;
        }
        while (to > from && text[to - 1] == ' ') {
            to--;
        }
        KiwoomVenue venue = venue(text, from, to);
        int length = to - from - venue.suffix().length();
        if (length <= 0 || length > LONGEST_KEY - CODE) {
            fault = "entry without an item";
            return venue;
        }
        System.arraycopy(text, from, key, 0, length);
        if (venue != KiwoomVenue.KRX && !anyVenue) {
            key[length++] = '@';
            String word = venue.word();
            for (int i = 0; i < word.length(); i++) {
                key[length++] = (byte) word.charAt(i);
            }
        }
        reading.key(names.of(key, 0, length));
        return venue;
    }

    private static KiwoomVenue venue(byte[] text, int from, int to) {
        if (to - from < 3 || text[to - 3] != '_') {
            return KiwoomVenue.KRX;
        }
        if (text[to - 2] == 'N' && text[to - 1] == 'X') {
            return KiwoomVenue.NXT;
        }
        return text[to - 2] == 'A' && text[to - 1] == 'L' ? KiwoomVenue.INTEGRATED : KiwoomVenue.KRX;
    }

    /** Where a trade of both venues together happened, by a number or a word. */
    @Nullable
    String exchange(int fid) {
        int value = entries.find(fid);
        if (value < 0) {
            return null;
        }
        int from = entries.start(value);
        int to = entries.end(value);
        if (to - from != 1) {
            return to == from ? null : names.of(entries.bytes(), from, to);
        }
        return switch (entries.bytes()[from]) {
            case '1' -> KiwoomVenue.KRX.name();
            case '2' -> KiwoomVenue.NXT.name();
            default -> null;
        };
    }

    /** When the entry is of; a clock that is far off still tells which of two records is the older one. */
    long time(int fid) {
        int value = entries.find(fid);
        long nearest = value < 0
                ? Reading.NO_TIME
                : KiwoomTime.nearest(entries.bytes(), entries.start(value), entries.end(value), receivedAt);
        reading.time(KiwoomTime.believable(nearest, receivedAt));
        return nearest;
    }

    void number(int fid, Field as) {
        if (read(fid, digits)) {
            reading.set(as, digits);
        }
    }

    /** A price, whose sign is only a direction; 0 where a side of the market is empty. */
    void price(int fid, Field as) {
        if (read(fid, digits)) {
            digits.abs();
            reading.set(as, digits);
        }
    }

    /** A price that is 0 before there is one. */
    void priceIfAny(int fid, Field as) {
        if (read(fid, digits) && digits.unscaled() != 0) {
            digits.abs();
            reading.set(as, digits);
        }
    }

    /** Price and change, and so the previous close. */
    void priceAndChange(int priceFid, int changeFid) {
        boolean priced = read(priceFid, digits);
        boolean changed = read(changeFid, second);
        if (priced) {
            digits.abs();
            reading.set(Field.PRICE, digits);
        }
        if (changed) {
            reading.set(Field.CHANGE, second);
        }
        long previous = digits.unscaled() - second.unscaled();
        if (priced && changed && digits.scale() == 0 && second.scale() == 0 && previous > 0 && digits.unscaled() > 0) {
            reading.set(Field.PREVIOUS_CLOSE, previous, 0);
        }
    }

    /** The size of a trade, whose sign tells who began it; none where there is no sign. */
    void sizeAndSide(int fid) {
        if (read(fid, digits)) {
            int sign = sign(entries.find(fid));
            reading.side(sign > 0 ? Side.BUY : sign < 0 ? Side.SELL : null);
            digits.abs();
            reading.set(Field.SIZE, digits);
        }
    }

    private int sign(int value) {
        for (int i = entries.start(value); i < entries.end(value); i++) {
            switch (entries.bytes()[i]) {
                case ' ' -> {}
                case '+' -> {
                    return 1;
                }
                case '-' -> {
                    return -1;
                }
                default -> {
                    return 0;
                }
            }
        }
        return 0;
    }

    /** Money in millions of won, so not exact. */
    void millions(int fid, Field as) {
        if (read(fid, digits) && Math.abs(digits.unscaled()) <= Long.MAX_VALUE / MILLION) {
            reading.set(as, digits.unscaled() * MILLION, digits.scale());
        }
    }

    /** Adds a level to a side of the book; levels that are not there have a price of 0. */
    void level(BookSide side, int priceFid, int sizeFid) {
        if (read(priceFid, digits) && digits.unscaled() != 0 && read(sizeFid, second)) {
            digits.abs();
            second.abs();
            side.add(digits, second);
        }
    }

    private boolean read(int fid, Digits into) {
        int value = entries.find(fid);
        if (value < 0) {
            into.read(entries.bytes(), 0, 0);
            return false;
        }
        if (!into.read(entries.bytes(), entries.start(value), entries.end(value))) {
            fault = entries.typeText() + ": field " + fid + " is not a number that is kept";
            return false;
        }
        return into.present();
    }
}
