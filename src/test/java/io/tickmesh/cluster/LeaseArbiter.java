package io.tickmesh.cluster;

import io.tickmesh.bus.LeaseMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Redis in a {@link LeaseModel}: its votes, its clock, and its troubles. */
final class LeaseArbiter {
    private static final long LONG_AGO = 1_600_000_000_000L;

    private final LeaseModel model;
    private final Script script;
    private final double rate;
    private final List<Runnable> missed = new ArrayList<>();
    private int run = 1;
    private long frozenUntil;
    private long forgotAt = Long.MIN_VALUE;

    /** Asks the script for a vote; an answer of null is silence. */
    interface Script {
        @Nullable
        LeaseMessage vote(LeaseMessage message, long wallMillis, int run);

        void forget();
    }

    LeaseArbiter(LeaseModel model, Script script) {
        this.model = model;
        this.script = script;
        this.rate = 1 + (model.random.nextDouble() - 0.5) * 0.02;
        script.forget();
    }

    private long wall() {
        return LONG_AGO + (long) (model.now() * rate);
    }

    /** A message from a machine is on its way. */
    void take(LeaseMachine from, LeaseMessage message) {
        long delay = model.delay();
        if (delay >= 0) {
            model.in(delay, () -> hear(from, message));
        }
    }

    private void hear(LeaseMachine from, LeaseMessage message) {
        if (model.now() < frozenUntil) {
            missed.add(() -> hear(from, message));
            return;
        }
        LeaseMessage answer = script.vote(message, wall(), run);
        long delay = model.delay();
        if (answer != null && delay >= 0) {
            model.in(delay, () -> from.hear(answer));
        }
    }

    /** It stands still, starts anew, or loses what it knew; perhaps both. */
    void trouble(long still) {
        if (model.random.nextBoolean()) {
            frozenUntil = model.now() + still;
            model.in(still, this::thaw);
        }
        if (model.random.nextBoolean()) {
            run++;
        }
        if (model.random.nextBoolean()) {
            forgotAt = model.now();
            script.forget();
        }
    }

    private void thaw() {
        if (model.now() >= frozenUntil) {
            List<Runnable> late = List.copyOf(missed);
            missed.clear();
            late.forEach(Runnable::run);
        }
    }

    boolean remembersSince(long moment) {
        return forgotAt < moment;
    }
}
