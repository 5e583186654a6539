package io.tickmesh.upstream;

import io.tickmesh.market.Decimal;
import io.tickmesh.market.Level;
import java.util.Arrays;
import java.util.List;

/** One side of a book as a frame tells it, best level first; filled again and again. */
public final class BookSide {
    /** No provider sends more. */
    public static final int MOST = 30;

    private final long[] prices = new long[MOST];
    private final long[] sizes = new long[MOST];
    private final byte[] priceScales = new byte[MOST];
    private final byte[] sizeScales = new byte[MOST];
    private int count;

    void clear() {
        count = 0;
    }

    /** Adds the next level; one beyond the most is dropped. */
    public void add(Digits price, Digits size) {
        add(price.unscaled(), price.scale(), size.unscaled(), size.scale());
    }

    /** Adds the next level; one beyond the most is dropped. */
    public void add(long price, int priceScale, long size, int sizeScale) {
        if (count < MOST) {
            prices[count] = price;
            priceScales[count] = (byte) priceScale;
            sizes[count] = size;
            sizeScales[count] = (byte) sizeScale;
            count++;
        }
    }

    public int count() {
        return count;
    }

    /** The best levels, at most so many. */
    public List<Level> levels(int most) {
        Level[] levels = new Level[Math.min(most, count)];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = new Level(new Decimal(prices[i], priceScales[i]), new Decimal(sizes[i], sizeScales[i]));
        }
        return Arrays.asList(levels);
    }
}
