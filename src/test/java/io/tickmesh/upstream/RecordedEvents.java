package io.tickmesh.upstream;

import io.tickmesh.market.Kind;
import io.tickmesh.market.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes down what frames mean, one line each. */
public final class RecordedEvents implements FeedEvents {
    public final List<String> lines = new ArrayList<>();

    @Override
    public void onLoginAccepted() {
        lines.add("login accepted");
    }

    @Override
    public void onLoginRefused(LoginRefusal kind, String text) {
        lines.add("login refused " + kind + ": " + text);
    }

    @Override
    public void onAcknowledged(ControlOp op) {
        lines.add("acknowledged " + op);
    }

    @Override
    public void onRefused(ControlOp op, String text) {
        lines.add("refused " + op + ": " + text);
    }

    @Override
    public void onFull(String text) {
        lines.add("full: " + text);
    }

    @Override
    public void onHeartbeat() {
        lines.add("heartbeat");
    }

    @Override
    public void onReply(String text) {
        lines.add("reply " + text);
    }

    @Override
    public void onReading(Kind kind, Reading reading) {
        String line = switch (kind) {
            case TRADE -> "trade " + trade(reading);
            case QUOTE -> "quote " + head(reading) + quote(reading) + ' ' + reading.exchange();
            default -> kind.word() + ' ' + head(reading) + everything(reading);
        };
        lines.add(line);
    }

    @Override
    public void onTradeBreak(Reading reading) {
        lines.add("break " + trade(reading));
    }

    private static String head(Reading reading) {
        String time = reading.time() == Reading.NO_TIME ? "none" : Long.toString(reading.time());
        return reading.key() + ' ' + time;
    }

    private static String trade(Reading reading) {
        return head(reading)
                + text(reading, Field.PRICE)
                + text(reading, Field.SIZE)
                + ' '
                + reading.exchange()
                + (reading.side() == null ? "" : " " + reading.side())
                + (reading.id() == 0 ? "" : " id=" + reading.id());
    }

    private static String quote(Reading reading) {
        return text(reading, Field.BID_PRICE)
                + text(reading, Field.BID_SIZE)
                + text(reading, Field.ASK_PRICE)
                + text(reading, Field.ASK_SIZE);
    }

    private static String text(Reading reading, Field field) {
        return " " + reading.get(field);
    }

    /** Whatever there is, by name. */
    private static String everything(Reading reading) {
        StringBuilder out = new StringBuilder();
        if (!reading.param().isEmpty()) {
            out.append(" param=").append(reading.param());
        }
        if (!reading.type().isEmpty()) {
            out.append(" type=").append(reading.type());
        }
        if (reading.start() != 0) {
            out.append(" start=").append(reading.start());
        }
        for (Field field : Field.values()) {
            if (reading.has(field)) {
                out.append(' ').append(field).append('=').append(reading.get(field));
            }
        }
        levels(out, " asks", reading.asks());
        levels(out, " bids", reading.bids());
        if (!reading.fields().isEmpty()) {
            out.append(' ').append(new TreeMap<>(reading.fields()));
        }
        return out.toString();
    }

    private static void levels(StringBuilder out, String name, BookSide side) {
        if (side.count() > 0) {
            out.append(name);
            for (Level level : side.levels(BookSide.MOST)) {
                out.append(' ').append(level.price()).append('x').append(level.size());
            }
        }
    }

    @Override
    public void onUnknown() {
        lines.add("unknown");
    }

    @Override
    public void onBadFrame(String reason) {
        lines.add("bad: " + reason);
    }

    /** The last line, or null before the first. */
    public @Nullable String last() {
        return lines.isEmpty() ? null : lines.get(lines.size() - 1);
    }
}
