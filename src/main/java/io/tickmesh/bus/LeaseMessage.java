package io.tickmesh.bus;

/**
 * What nodes say to each other about the lease of one pool. Each message names its sender, so that it can be handed on
 * without its {@link LeaseMail}.
 */
public sealed interface LeaseMessage {
    /** Stands where no epoch is meant; no owner ever has it. */
    long NO_EPOCH = 0;

    /** The highest epoch anyone may name: far off any wall clock, and whole in a JSON number. */
    long LAST_EPOCH = (1L << 53) - 1;

    String from();

    String pool();

    long epoch();

    void deliverTo(Receiver receiver);

    /**
     * The owner, or a claimant that has its words, to everyone.
     *
     * @param predecessor the epoch that was released to it, or {@link #NO_EPOCH}
     * @param id what an {@link Acknowledge} names
     * @param confirmed whether a quorum has acknowledged an earlier heartbeat of this epoch: the sender is the owner
     */
    record Heartbeat(String from, String pool, long epoch, long predecessor, long id, boolean confirmed)
            implements LeaseMessage {
        public Heartbeat {
            checkEpoch(epoch);
            checkEpoch(predecessor);
        }

        @Override
        public void deliverTo(Receiver receiver) {
            receiver.onHeartbeat(this);
        }
    }

    /** A voter to the sender of that heartbeat. */
    record Acknowledge(String from, String pool, long epoch, long id) implements LeaseMessage {
        public Acknowledge {
            checkEpoch(epoch);
        }

        @Override
        public void deliverTo(Receiver receiver) {
            receiver.onAcknowledge(this);
        }
    }

    /**
     * A node to the sender of a heartbeat that it does not acknowledge. An owner stops if the highest epoch that was
     * acknowledged there is not below its own: it was given out again after voters had forgotten.
     */
    record Refuse(String from, String pool, long epoch, long highest) implements LeaseMessage {
        public Refuse {
            checkEpoch(epoch);
            checkEpoch(highest);
        }

        @Override
        public void deliverTo(Receiver receiver) {
            receiver.onRefuse(this);
        }
    }

    /** A claimant to the voters: may I have this epoch? */
    record Ask(String from, String pool, long epoch, long predecessor) implements LeaseMessage {
        public Ask {
            checkEpoch(epoch);
            checkEpoch(predecessor);
        }

        @Override
        public void deliverTo(Receiver receiver) {
            receiver.onAsk(this);
        }
    }

    /** A voter to a claimant: its word, or not, with the highest epoch it knows. */
    record Word(String from, String pool, long epoch, boolean granted, long highest) implements LeaseMessage {
        public Word {
            checkEpoch(epoch);
            checkEpoch(highest);
        }

        @Override
        public void deliverTo(Receiver receiver) {
            receiver.onWord(this);
        }
    }

    /**
     * To everyone: nobody acts under this epoch, nor ever will again.
     *
     * @param successor the node that should claim the pool, or empty
     */
    record Release(String from, String pool, long epoch, String successor) implements LeaseMessage {
        public Release {
            checkEpoch(epoch);
        }

        @Override
        public void deliverTo(Receiver receiver) {
            receiver.onRelease(this);
        }
    }

    /** Whoever hears these messages. */
    interface Receiver {
        void onHeartbeat(Heartbeat heartbeat);

        void onAcknowledge(Acknowledge acknowledge);

        void onRefuse(Refuse refuse);

        void onAsk(Ask ask);

        void onWord(Word word);

        void onRelease(Release release);
    }

    private static void checkEpoch(long epoch) {
        if (epoch < NO_EPOCH || epoch > LAST_EPOCH) {
            throw new IllegalArgumentException("impossible epoch " + epoch);
        }
    }
}
