package io.tickmesh.upstream;

import io.tickmesh.market.Kind;
import org.jspecify.annotations.Nullable;

/** The topics that one upstream registration carries. */
final class CodeLines {
    final String code;
    private @Nullable TopicLine trade;
    private @Nullable TopicLine quote;

    /** How many of them some node holds. */
    int held;

    CodeLines(String code) {
        this.code = code;
    }

    @Nullable
    TopicLine trade() {
        return trade;
    }

    @Nullable
    TopicLine quote() {
        return quote;
    }

    void put(Kind kind, @Nullable TopicLine line) {
        if (kind == Kind.TRADE) {
            trade = line;
        } else if (kind == Kind.QUOTE) {
            quote = line;
        }
    }

    boolean isEmpty() {
        return trade == null && quote == null;
    }
}
