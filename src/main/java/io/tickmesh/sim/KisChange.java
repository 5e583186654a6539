package io.tickmesh.sim;

/** How far a price is from another, as the provider says it: a code, a difference, a rate in percent. */
record KisChange(long price, long from) {
    String sign() {
        return price > from ? "2" : price == from ? "3" : "5";
    }

    long difference() {
        return price - from;
    }

    String rate() {
        return KisRecord.decimal(difference() * 10_000 / from, 2);
    }
}
