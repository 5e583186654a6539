package io.tickmesh.upstream;

import io.tickmesh.market.Decimal;
import io.tickmesh.market.Side;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one record of a provider's frame says, as it was sent. One instance is filled again and again: it is valid only
 * during the call that hands it out. Numbers become objects only when a topic is held that needs them.
 */
public final class Reading {
    /** Stands for a provider time that is missing or makes no sense. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private final long[] unscaled = new long[Field.values().length];
    private final byte[] scales = new byte[Field.values().length];
    private final BookSide asks = new BookSide();
    private final BookSide bids = new BookSide();
    private int present;
    private String key = "";
    private String param = "";
    private String type = "";
    private long time = NO_TIME;
    private long start;
    private long id;
    private @Nullable String exchange;
    private @Nullable Side side;
    private Map<String, String> fields = Map.of();

    public void clear() {
        present = 0;
        key = "";
        time = NO_TIME;
        start = 0;
        id = 0;
        exchange = null;
        side = null;
        clearRare();
        asks.clear();
        bids.clear();
    }

    /** Most records have none of these, and storing a reference is not free. */
    private void clearRare() {
        if (!param.isEmpty()) {
            param = "";
        }
        if (!type.isEmpty()) {
            type = "";
        }
        if (!fields.isEmpty()) {
            fields = Map.of();
        }
    }

    /** Which instrument, as {@link Provider#keyOf} writes it; empty if the record does not say. */
    public String key() {
        return key;
    }

    public void key(String newKey) {
        key = newKey;
    }

    /** The parameter of the topic where one record serves only one, as for candles; else empty. */
    public String param() {
        return param;
    }

    public void param(String newParam) {
        param = newParam;
    }

    /** The provider's word for the sort of private news. */
    public String type() {
        return type;
    }

    public void type(String newType) {
        type = newType;
    }

    /** Microseconds since 1970, or {@link #NO_TIME}. */
    public long time() {
        return time;
    }

    public void time(long newTime) {
        time = newTime;
    }

    /** When a candle begins, microseconds since 1970. */
    public long start() {
        return start;
    }

    public void start(long newStart) {
        start = newStart;
    }

    /** Tells a trade that comes again; 0 where the provider numbers none. */
    public long id() {
        return id;
    }

    public void id(long newId) {
        id = newId;
    }

    public @Nullable String exchange() {
        return exchange;
    }

    public void exchange(@Nullable String newExchange) {
        exchange = newExchange;
    }

    public @Nullable Side side() {
        return side;
    }

    public void side(@Nullable Side newSide) {
        side = newSide;
    }

    /** What has no field of its own, by the provider's names: for market status and private news. */
    public Map<String, String> fields() {
        return fields;
    }

    public void fields(Map<String, String> newFields) {
        fields = newFields;
    }

    public BookSide asks() {
        return asks;
    }

    public BookSide bids() {
        return bids;
    }

    public void set(Field field, long newUnscaled, int newScale) {
        unscaled[field.place()] = newUnscaled;
        scales[field.place()] = (byte) newScale;
        present |= 1 << field.place();
    }

    /** Sets a number that was read, or leaves the field out where there was none. */
    public void set(Field field, Digits digits) {
        if (digits.present()) {
            set(field, digits.unscaled(), digits.scale());
        }
    }

    public boolean has(Field field) {
        return (present & (1 << field.place())) != 0;
    }

    public @Nullable Decimal get(Field field) {
        int at = field.place();
        return has(field) ? new Decimal(unscaled[at], scales[at]) : null;
    }

    /** The digits without the point; 0 if the field is left out. */
    public long unscaled(Field field) {
        return has(field) ? unscaled[field.place()] : 0;
    }
}
