package io.tickmesh.upstream;

import io.tickmesh.market.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides which topics are asked for by REST next. Pure bookkeeping: no clock, no socket, no timer. After each call of a
 * method that changes something, and then after {@link #nanosToWake}, it wants {@link #wake}.
 *
 * <p>Of the topics that may be asked, the one goes first that has waited longest, where the waiting of a topic with more
 * sessions counts up to {@value #HEAVIEST} times: so nobody waits longer than {@value #HEAVIEST} even shares. A call that
 * fails is asked again in halves until what makes it fail stands alone.
 */
final class FillIn {
    /** Who makes the calls. */
    interface Calls {
        /** Asks for topics of one group; {@link #onOutcome} is told of the same list later, not at once. */
        void send(List<Topic> topics);
    }

    private static final long SECOND = 1_000_000_000L;
    private static final int MOST_IN_FLIGHT = 3;
    private static final int HEAVIEST = 8;
    private static final Comparator<FillInTopic> URGENT_FIRST =
            Comparator.comparingDouble((FillInTopic each) -> each.urgency).reversed();

    private final ToIntFunction<String> topicsPerCall;
    private final Calls calls;
    private final FillInPace pace;
    private final Map<Topic, FillInTopic> topics = new LinkedHashMap<>();
    private final Map<List<Topic>, Long> inFlight = new LinkedHashMap<>();
    private boolean waitsForToken;
    private boolean renewed;
    private long renewedAt;

    FillIn(double callsPerSecond, ToIntFunction<String> topicsPerCall, Calls calls) {
        this.topicsPerCall = topicsPerCall;
        this.calls = calls;
        this.pace = new FillInPace(callsPerSecond);
    }

    /** From now on the topic is asked for; said again, it changes group and weight (its number of sessions). */
    void want(Topic topic, String group, int weight, long now) {
        FillInTopic asked = topics.computeIfAbsent(topic, added -> new FillInTopic(added, now));
        asked.group = group;
        asked.weight = Math.min(HEAVIEST, 32 - Integer.numberOfLeadingZeros(Math.max(1, weight)));
        asked.want(now);
    }

    /** It is remembered until it might be asked again: to want it anew is no way around a pause. */
    void drop(Topic topic) {
        FillInTopic dropped = topics.get(topic);
        if (dropped != null) {
            dropped.wanted = false;
        }
    }

    /** Topics that are wanted. */
    int size() {
        return (int) topics.values().stream().filter(each -> each.wanted).count();
    }

    /** Topics that take room: those that are wanted, and those asked for a moment ago. */
    int remembered() {
        return topics.size();
    }

    /** A call has ended; one that broke without an answer has failed. */
    void onOutcome(List<Topic> call, RestLanguage.Outcome outcome, long now) {
        @Nullable Long sentAt = inFlight.remove(call);
        if (sentAt == null) {
            return;
        }
        for (Topic topic : call) {
            FillInTopic answered = topics.get(topic);
            if (answered != null) {
                answered.onOutcome(outcome, sentAt, call.size(), now);
            }
        }
        switch (outcome) {
            case OK -> {}
            case TOO_FAST -> pace.slowDown(sentAt, now);
            case STALE_TOKEN -> waitsForToken = !renewed || sentAt - renewedAt >= 0;
            case FAILED -> {}
        }
    }

    /** What is under way may use up what the provider still takes in this second. */
    void onAdvice(RestAdvice advice, long now) {
        if (advice.left() <= inFlight.size()) {
            pace.restUntil(now + SECOND);
        }
        if (!advice.pause().isZero()) {
            pace.restUntil(now + advice.pause().toNanos());
        }
    }

    /** There is a fresh token: calls may go out again, and what was sent with the old one says nothing about it. */
    void tokenRenewed(long now) {
        waitsForToken = false;
        renewed = true;
        renewedAt = now;
    }

    /** Sends at most one call; the pace leaves room for no second one at the same time. */
    void wake(long now) {
        topics.values().removeIf(each -> each.forgettable(now));
        pace.recover(now);
        if (waitsForToken || inFlight.size() >= MOST_IN_FLIGHT || pace.nanosToNext(now) > 0) {
            return;
        }
        List<FillInTopic> due = new ArrayList<>();
        for (FillInTopic each : topics.values()) {
            if (each.wanted && !each.inFlight && each.nanosToDue(now) <= 0) {
                each.urgency = each.urgencyAt(now);
                due.add(each);
            }
        }
        if (!due.isEmpty()) {
            due.sort(URGENT_FIRST);
            send(batch(due), now);
        }
    }

    /** The most urgent one with others of its group, none of which is in a call with more than it may be. */
    private List<FillInTopic> batch(List<FillInTopic> due) {
        FillInTopic first = due.get(0);
        List<FillInTopic> group =
                due.stream().filter(each -> each.group.equals(first.group)).toList();
        int most = Math.min(first.company, Math.max(1, topicsPerCall.applyAsInt(first.group)));
        int size = Math.min(most, group.size());
        return group.stream().filter(each -> each.company >= size).limit(size).toList();
    }

    private void send(List<FillInTopic> batch, long now) {
        batch.forEach(each -> each.onSent(now));
        List<Topic> call = batch.stream().map(each -> each.topic).toList();
        inFlight.put(call, now);
        pace.onSent(now);
        calls.send(call);
    }

    /** Nanoseconds until the next call may go out, 0 or less for now; the largest number if only an event changes that. */
    long nanosToWake(long now) {
        if (waitsForToken || inFlight.size() >= MOST_IN_FLIGHT) {
            return Long.MAX_VALUE;
        }
        long soonest = Long.MAX_VALUE;
        for (FillInTopic each : topics.values()) {
            if (each.wanted && !each.inFlight) {
                soonest = Math.min(soonest, each.nanosToDue(now));
            }
        }
        return soonest == Long.MAX_VALUE ? soonest : Math.max(soonest, pace.nanosToNext(now));
    }

    /** How fast calls go out at present. */
    double callsPerSecond() {
        return (double) SECOND / pace.spacing();
    }
}
