package io.tickmesh.upstream;

import io.tickmesh.market.Kind;

/** What a provider's frames mean. Texts are printable and short. */
public interface FeedEvents {
    void onLoginAccepted();

    /** The provider refuses the session, as its answer to a login or at any time later. */
    void onLoginRefused(LoginRefusal kind, String text);

    /** The control frame in flight was carried out. */
    void onAcknowledged(ControlOp op);

    /** The control frame in flight was refused. */
    void onRefused(ControlOp op, String text);

    /** The subscribe in flight found no room: the account allows less than was thought. */
    void onFull(String text);

    void onHeartbeat();

    /** The provider wants this text sent back. */
    void onReply(String text);

    /**
     * News of one kind; the numbers that make the kind are there: a price for trade, ticker and expected, at least one
     * of four for a quote, a level for a book, all four prices for a candle.
     */
    void onReading(Kind kind, Reading reading);

    /** A trade was cancelled; its price is there. */
    void onTradeBreak(Reading reading);

    /** A well-formed frame of a sort that this product does not know. */
    void onUnknown();

    void onBadFrame(String reason);
}
