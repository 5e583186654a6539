package io.tickmesh.upstream;

import io.tickmesh.market.Kind;

/** Takes from each reading a number, so that reading it cannot be left out, and makes no object. */
final class CountedEvents implements FeedEvents {
    long sum;
    int readings;

    @Override
    public void onReading(Kind kind, Reading reading) {
        readings++;
        sum += reading.unscaled(Field.PRICE) + reading.time() + reading.asks().count();
    }

    @Override
    public void onTradeBreak(Reading reading) {
        throw unexpected("a trade break");
    }

    private static IllegalStateException unexpected(String what) {
        return new IllegalStateException("the frame means " + what);
    }

    @Override
    public void onLoginAccepted() {
        throw unexpected("a login");
    }

    @Override
    public void onLoginRefused(LoginRefusal kind, String text) {
        throw unexpected(text);
    }

    @Override
    public void onAcknowledged(ControlOp op) {
        throw unexpected("an answer");
    }

    @Override
    public void onRefused(ControlOp op, String text) {
        throw unexpected(text);
    }

    @Override
    public void onFull(String text) {
        throw unexpected(text);
    }

    @Override
    public void onHeartbeat() {
        throw unexpected("a heartbeat");
    }

    @Override
    public void onReply(String text) {
        throw unexpected("a reply");
    }

    @Override
    public void onUnknown() {
        throw unexpected("nothing known");
    }

    @Override
    public void onBadFrame(String reason) {
        throw unexpected(reason);
    }
}
