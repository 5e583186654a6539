package io.tickmesh.sim;

import java.math.BigDecimal;

/**
 * The part of a book that one frame or answer shows.
 *
 * @param counted levels that its totals cover
 */
record UpbitUnits(UpbitMarket market, UpbitBook book, int depth, int counted) {
    BigDecimal totalAsks() {
        return UpbitWriter.size(UpbitBook.total(book.askSizes(), counted));
    }

    BigDecimal totalBids() {
        return UpbitWriter.size(UpbitBook.total(book.bidSizes(), counted));
    }

    BigDecimal level() {
        return market.price(book.step());
    }

    String json(UpbitObject in) {
        StringBuilder out = new StringBuilder(depth * 80).append('[');
        for (int i = 0; i < depth; i++) {
            out.append(i == 0 ? "" : ",")
                    .append(in.sibling(i)
                            .put("ask_price", "ap", market.price(book.asks()[i]))
                            .put("bid_price", "bp", market.price(book.bids()[i]))
                            .put("ask_size", "as", UpbitWriter.size(book.askSizes()[i]))
                            .put("bid_size", "bs", UpbitWriter.size(book.bidSizes()[i]))
                            .text());
        }
        return out.append(']').toString();
    }
}
