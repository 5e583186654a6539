package io.tickmesh.sim;

import java.math.BigDecimal;

/**
 * The part of a book that one frame or answer shows.
 *
 * @param counted levels that its totals cover
 */
record UpbitUnits(UpbitMarket market, UpbitBook book, int depth, int counted) {
    BigDecimal totalAsks() {
        return UpbitWriter.size(book.asks().total(counted));
    }

    BigDecimal totalBids() {
        return UpbitWriter.size(book.bids().total(counted));
    }

    BigDecimal level() {
        return market.price(book.step());
    }

    String json(UpbitObject in) {
        StringBuilder out = new StringBuilder(depth * 80).append('[');
        for (int i = 0; i < depth; i++) {
            out.append(i == 0 ? "" : ",")
                    .append(in.sibling(i)
                            .put("ask_price", "ap", market.price(book.asks().prices[i]))
                            .put("bid_price", "bp", market.price(book.bids().prices[i]))
                            .put("ask_size", "as", UpbitWriter.size(book.asks().sizes[i]))
                            .put("bid_size", "bs", UpbitWriter.size(book.bids().sizes[i]))
                            .text());
        }
        return out.append(']').toString();
    }
}
