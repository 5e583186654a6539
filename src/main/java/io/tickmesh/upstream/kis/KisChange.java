package io.tickmesh.upstream.kis;

import io.tickmesh.upstream.Digits;
import io.tickmesh.upstream.Field;
import io.tickmesh.upstream.Reading;

/** Changes against the previous close, which KIS sends with their sign in another field. */
final class KisChange {
    /** Larger numbers, or finer ones, are not calculated with. */
    private static final long MOST_UNSCALED = 1_000_000_000_000L;

    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};
    private static final byte[] ZERO = {'0'};

    private KisChange() {}

    /** Gives a change its sign. Whether it has one itself differs from record to record, so its own says nothing. */
    static void sign(Digits change, char direction) {
        switch (direction) {
            case '1', '2' -> change.abs();
            case '4', '5' -> {
                change.abs();
                change.negate();
            }
            case '3' -> {
                if (change.unscaled() != 0) {
                    change.read(ZERO, 0, 1);
                }
            }
            default -> {}
        }
    }

    /** The previous close is never sent: it is the price without the change. */
    static void setPreviousClose(Reading reading, Digits price, Digits change) {
        if (!price.present() || !change.present()) {
            return;
        }
        int scale = Math.max(price.scale(), change.scale());
        if (scale < POWERS_OF_TEN.length && isCalculable(price) && isCalculable(change)) {
            long close = price.unscaled() * POWERS_OF_TEN[scale - price.scale()]
                    - change.unscaled() * POWERS_OF_TEN[scale - change.scale()];
            reading.set(Field.PREVIOUS_CLOSE, close, scale);
        }
    }

    private static boolean isCalculable(Digits number) {
        return number.unscaled() <= MOST_UNSCALED && number.unscaled() >= -MOST_UNSCALED;
    }
}
