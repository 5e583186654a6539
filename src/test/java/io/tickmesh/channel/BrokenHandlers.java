package io.tickmesh.channel;

import io.vertx.core.Future;

/** Handlers of a careless developer. */
public final class BrokenHandlers {
    private BrokenHandlers() {}

    /** Fails. */
    public static final class Failing implements MessageHandler {
        @Override
        public String type() {
            return "fail";
        }

        @Override
        public Future<?> handle(ClientMessage message, Outbox outbox) {
            return Future.failedFuture("on purpose");
        }
    }

    /** Throws. */
    public static final class Throwing implements MessageHandler {
        @Override
        public String type() {
            return "throw";
        }

        @Override
        public Future<?> handle(ClientMessage message, Outbox outbox) {
            throw new IllegalStateException("on purpose");
        }
    }
}
