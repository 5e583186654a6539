package io.tickmesh.upstream;

import io.tickmesh.market.Decimal;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one data frame, as the provider sent them. One instance is filled again and again: it is valid only
 * during the call that hands it out.
 */
public final class Reading {
    /** Stands for a provider time that is missing or makes no sense. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private String code = "";
    private long time = NO_TIME;
    private @Nullable String exchange;
    private @Nullable Decimal price;
    private @Nullable Decimal size;
    private @Nullable Decimal bidPrice;
    private @Nullable Decimal bidSize;
    private @Nullable Decimal askPrice;
    private @Nullable Decimal askSize;

    public void clear() {
        code = "";
        time = NO_TIME;
        exchange = null;
        price = null;
        size = null;
        bidPrice = null;
        bidSize = null;
        askPrice = null;
        askSize = null;
    }

    /** The registration that the frame belongs to, as {@link Provider#codeOf} writes it; empty if there is none. */
    public String code() {
        return code;
    }

    public void code(String newCode) {
        code = newCode;
    }

    /** Microseconds since 1970, or {@link #NO_TIME}. */
    public long time() {
        return time;
    }

    public void time(long newTime) {
        time = newTime;
    }

    public @Nullable String exchange() {
        return exchange;
    }

    public void exchange(@Nullable String newExchange) {
        exchange = newExchange;
    }

    public @Nullable Decimal price() {
        return price;
    }

    public void price(@Nullable Decimal newPrice) {
        price = newPrice;
    }

    public @Nullable Decimal size() {
        return size;
    }

    public void size(@Nullable Decimal newSize) {
        size = newSize;
    }

    public @Nullable Decimal bidPrice() {
        return bidPrice;
    }

    public void bidPrice(@Nullable Decimal newPrice) {
        bidPrice = newPrice;
    }

    public @Nullable Decimal bidSize() {
        return bidSize;
    }

    public void bidSize(@Nullable Decimal newSize) {
        bidSize = newSize;
    }

    public @Nullable Decimal askPrice() {
        return askPrice;
    }

    public void askPrice(@Nullable Decimal newPrice) {
        askPrice = newPrice;
    }

    public @Nullable Decimal askSize() {
        return askSize;
    }

    public void askSize(@Nullable Decimal newSize) {
        askSize = newSize;
    }
}
