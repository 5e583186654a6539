package io.tickmesh.upstream;

/** What a provider's frames mean. Texts are printable and short. */
public interface FeedEvents {
    void onLoginAccepted();

    /** The provider refuses the session, as its answer to a login or at any time later. */
    void onLoginRefused(LoginRefusal kind, String text);

    void onAcknowledged(ControlOp op);

    void onRefused(ControlOp op, int status, String text);

    void onHeartbeat();

    /** A trade; the price is there. */
    void onTrade(Reading reading);

    /** A quote; at least one of its four numbers is there. */
    void onQuote(Reading reading);

    /** A trade was cancelled; its price is there. */
    void onTradeBreak(Reading reading);

    /** A well-formed frame of a sort that this product does not know. */
    void onUnknown();

    void onBadFrame(String reason);
}
