package io.tickmesh.client;

import io.tickmesh.market.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A session's wish for all topics of a sort that its node holds or comes to hold. It holds none of them itself: nothing is
 * asked of the provider for it, and a topic that nobody else holds any more leaves.
 */
public final class Wildcard {
    final Session session;
    final String prefix;
    final Map<Topic, Membership> members = new HashMap<>();
    private Function<Topic, Object> form;
    private Duration interval = Duration.ZERO;

    /**
     * All topics whose text begins so.
     *
     * @param form what makes the subject of an audience of a topic
     */
    Wildcard(Session session, String prefix, Function<Topic, Object> form) {
        this.session = session;
        this.prefix = prefix;
        this.form = form;
    }

    boolean covers(Topic topic) {
        return topic.toString().startsWith(prefix);
    }

    Object subjectOf(Topic topic) {
        return form.apply(topic);
    }

    /** From now on the topics come in another form. */
    public void changeTo(Function<Topic, Object> other) {
        form = other;
        reform();
    }

    /** What makes the form has changed. */
    public void reform() {
        List.copyOf(members.entrySet())
                .forEach(each -> session.hub().move(each.getValue(), form.apply(each.getKey())));
    }

    /** Gives the session a tick of each topic at most once in that time; zero: every one. */
    public void paceBy(Duration least) {
        interval = least;
        members.values().forEach(member -> member.paceBy(least));
    }

    /** Begins with a topic. */
    void activate(Membership member) {
        member.paceBy(interval);
        member.activate();
    }

    /** The topic's place here; null where there is none. */
    @Nullable
    Membership of(Topic topic) {
        return members.get(topic);
    }
}
