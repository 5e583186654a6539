package io.tickmesh.upstream;

import java.util.ArrayList;
import java.util.List;

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
    public void onRefused(ControlOp op, int status, String text) {
        lines.add("refused " + op + ' ' + status + ": " + text);
    }

    @Override
    public void onHeartbeat() {
        lines.add("heartbeat");
    }

    @Override
    public void onTrade(Reading reading) {
        lines.add("trade " + trade(reading));
    }

    @Override
    public void onTradeBreak(Reading reading) {
        lines.add("break " + trade(reading));
    }

    private static String trade(Reading reading) {
        return reading.code()
                + ' '
                + time(reading)
                + ' '
                + reading.price()
                + ' '
                + reading.size()
                + ' '
                + reading.exchange();
    }

    @Override
    public void onQuote(Reading reading) {
        lines.add("quote " + reading.code() + ' ' + time(reading) + ' ' + reading.bidPrice() + ' ' + reading.bidSize()
                + ' ' + reading.askPrice() + ' ' + reading.askSize() + ' ' + reading.exchange());
    }

    private static String time(Reading reading) {
        return reading.time() == Reading.NO_TIME ? "none" : Long.toString(reading.time());
    }

    @Override
    public void onUnknown() {
        lines.add("unknown");
    }

    @Override
    public void onBadFrame(String reason) {
        lines.add("bad: " + reason);
    }
}
