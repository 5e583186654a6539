package io.tickmesh.upstream;

import io.tickmesh.market.FeedState;

/** Where a {@link FeedSession} stands; each phase holds only its own data. */
sealed interface SessionPhase {
    FeedState state();

    record Idle() implements SessionPhase {
        @Override
        public FeedState state() {
            return FeedState.PASSIVE;
        }
    }

    /** No socket yet: the tokens that the handshake or the login needs are not there. */
    record Preparing(long deadline) implements SessionPhase {
        @Override
        public FeedState state() {
            return FeedState.CONNECTING;
        }
    }

    record Connecting(long deadline) implements SessionPhase {
        @Override
        public FeedState state() {
            return FeedState.CONNECTING;
        }
    }

    record LoggingIn(long deadline) implements SessionPhase {
        @Override
        public FeedState state() {
            return FeedState.LOGGING_IN;
        }
    }

    record Streaming(long since) implements SessionPhase {
        @Override
        public FeedState state() {
            return FeedState.STREAMING;
        }
    }

    /** Both pauses; {@link Retries} knows how long. */
    record Pausing(FeedState state) implements SessionPhase {}

    /** Until an operator says otherwise. */
    record Paused() implements SessionPhase {
        @Override
        public FeedState state() {
            return FeedState.PAUSED;
        }
    }
}
