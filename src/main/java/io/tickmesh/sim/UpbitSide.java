package io.tickmesh.sim;

import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** One side of a book, best line first; prices in ticks, 0 where there is no line. */
final class UpbitSide {
    final long[] prices = new long[UpbitBook.DEPTH];
    final long[] sizes = new long[UpbitBook.DEPTH];

    /**
     * This side by steps of so many ticks: a line stands for all orders from the line before it up to its own price, a
     * multiple of the step, with their sizes added up.
     *
     * @param asks whether prices rise from line to line; those of bids fall, and end above 0
     * @param behind the size of the orders behind the last line of this side, by the place of a line and the ticks of it
     *     that this side does not show; null where there are none
     */
    UpbitSide gathered(boolean asks, long step, @Nullable LongBinaryOperator behind) {
        UpbitSide gathered = new UpbitSide();
        long direction = asks ? 1 : -1;
        long price = -Math.floorDiv(-direction * prices[0], step) * step * direction;
        long told = prices[0];
        int next = 0;
        for (int i = 0; i < UpbitBook.DEPTH && price > 0; i++) {
            long size = 0;
            while (next < UpbitBook.DEPTH && prices[next] > 0 && direction * (price - prices[next]) >= 0) {
                told = prices[next];
                size += sizes[next++];
            }
            if (next == UpbitBook.DEPTH && behind != null && told != price) {
                size += behind.applyAsLong(i, Math.abs(price - told));
                told = price;
            }
            if (size == 0) {
                break;
            }
            gathered.prices[i] = price;
            gathered.sizes[i] = size;
            price += direction * step;
        }
        return gathered;
    }

    /** The sizes of the first lines together. */
    long total(int lines) {
        long sum = 0;
        for (int i = 0; i < lines; i++) {
            sum += sizes[i];
        }
        return sum;
    }
}
