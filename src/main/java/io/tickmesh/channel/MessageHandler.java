package io.tickmesh.channel;

import io.vertx.core.Future;

/**
 * Handles the messages of one type that clients of contract 3 send. Found by {@link java.util.ServiceLoader}, one instance
 * per node, called on one event loop: it must not block.
 *
 * <p>What it throws, or fails with, is counted; the client is told that its message could not be handled.
 */
public interface MessageHandler {
    /** The {@code type} of its messages; none that the contract itself has. */
    String type();

    /** Handles a message; the future ends when that is done. Further messages of the client may come before. */
    Future<?> handle(ClientMessage message, Outbox outbox);
}
