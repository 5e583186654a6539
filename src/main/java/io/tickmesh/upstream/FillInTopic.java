package io.tickmesh.upstream;

import io.tickmesh.market.Topic;

/** A topic that is asked for by REST. */
final class FillInTopic {
    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST_PAUSE = 30 * SECOND;
    /** A newcomer counts as one that has waited so long already: somebody has just asked for it. */
    private static final long HEAD_START = 30 * SECOND;

    private static final int MOST_COMPANY = 1 << 20;

    final Topic topic;
    String group = "";
    int weight = 1;
    boolean wanted = true;
    boolean inFlight;
    /** The most topics in a call with this one. */
    int company = MOST_COMPANY;
    /** For sorting; as of the time it was set. */
    double urgency;

    private long waitingSince;
    private long dueAt;
    private int failures;

    FillInTopic(Topic topic, long now) {
        this.topic = topic;
        this.waitingSince = now - HEAD_START;
        this.dueAt = now;
    }

    void want(long now) {
        if (!wanted) {
            wanted = true;
            waitingSince = now;
        }
    }

    /** Nanoseconds until it may be asked again; 0 or less means now. */
    long nanosToDue(long now) {
        return dueAt - now;
    }

    double urgencyAt(long now) {
        return (double) (now - waitingSince) * weight;
    }

    void onSent(long now) {
        inFlight = true;
        dueAt = now + SECOND;
    }

    void onOutcome(RestLanguage.Outcome outcome, long sentAt, int asked, long now) {
        inFlight = false;
        switch (outcome) {
            case OK -> {
                failures = 0;
                company = Math.min(MOST_COMPANY, 2 * company);
                waitingSince = sentAt;
            }
            case FAILED -> {
                company = Math.max(1, asked / 2);
                dueAt = now + Math.min(LONGEST_PAUSE, SECOND << Math.min(failures, 5));
                failures++;
                waitingSince = dueAt;
            }
            case TOO_FAST, STALE_TOKEN -> {
                // It has its answer still to come, and keeps its place.
            }
        }
    }

    boolean forgettable(long now) {
        return !wanted && !inFlight && nanosToDue(now) <= 0;
    }
}
