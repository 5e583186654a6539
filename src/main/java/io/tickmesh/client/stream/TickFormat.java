package io.tickmesh.client.stream;

import io.tickmesh.market.Kind;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Trade;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of one topic in one form. */
final class TickFormat {
    private static final String NOTHING = "null";

    private final boolean compact;
    private final boolean whole;

    /** What is written, in order; null where the kind has no such member. */
    private final List<@Nullable TickField> fields;

    TickFormat(Kind kind, Form form) {
        this.whole = form.fields().isEmpty();
        this.fields = whole ? usual(kind, form.format()) : chosen(kind, form.fields());
        this.compact = form.format() == Format.COMPACT && !fields.isEmpty();
    }

    private static List<@Nullable TickField> usual(Kind kind, Format format) {
        List<@Nullable TickField> all = new ArrayList<>(TickFields.of(kind));
        return switch (format) {
            case JSON -> all;
            case COMPACT ->
                switch (kind) {
                    case TRADE -> trade();
                    case QUOTE -> chosen(kind, List.of("bid_price", "bid_size", "ask_price", "ask_size"));
                    case CANDLE -> chosen(kind, List.of("start", "open", "high", "low", "close", "volume", "amount"));
                    case BOOK -> chosen(kind, List.of("asks", "bids"));
                    case TICKER, EXPECTED, STATUS, NOTICE -> List.of();
                };
        };
    }

    private static List<@Nullable TickField> trade() {
        List<@Nullable TickField> fields = chosen(Kind.TRADE, List.of("price", "size"));
        fields.add(TickFields.SIDE_LETTER);
        return fields;
    }

    private static List<@Nullable TickField> chosen(Kind kind, List<String> names) {
        List<@Nullable TickField> chosen = new ArrayList<>();
        names.forEach(name -> chosen.add(TickFields.find(kind, name)));
        return chosen;
    }

    /** Whether a tick is written as an array. That a trade was cancelled only an object can say, unless it is not asked. */
    boolean isArray(Tick tick) {
        return compact && !(whole && tick instanceof Trade trade && trade.broken() != null);
    }

    /** Appends the values behind others, nothing for those that are missing at the end. */
    void appendValues(StringBuilder out, Tick tick) {
        int end = out.length();
        for (int i = 0; i < fields.size(); i++) {
            out.append(',');
            @Nullable TickField field = fields.get(i);
            if (field != null && field.reading().append(out, tick)) {
                end = out.length();
            } else {
                out.append(NOTHING);
            }
        }
        out.setLength(end);
    }

    /** Appends the members of an object. */
    void appendMembers(StringBuilder out, Tick tick) {
        if (whole) {
            TickJson.append(out, tick);
            return;
        }
        for (int i = 0; i < fields.size(); i++) {
            @Nullable TickField field = fields.get(i);
            if (field != null) {
                field.appendMember(out, tick);
            }
        }
    }
}
