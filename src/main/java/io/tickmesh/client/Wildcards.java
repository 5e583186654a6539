package io.tickmesh.client;

import io.tickmesh.bus.Released;
import io.tickmesh.market.Answer;
import io.tickmesh.market.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The wildcards of the sessions of one event loop, and the topics that they cover. */
public final class Wildcards {
    private final Hub hub;
    private final List<Wildcard> all = new ArrayList<>();
    private final Set<String> prefixes = new HashSet<>();

    Wildcards(Hub hub) {
        this.hub = hub;
    }

    /**
     * Gives a session all topics that this node holds and whose text begins so, whoever holds them; what is known of them
     * now is told to this hub soon.
     *
     * @param key what the session calls them
     * @param form what makes the subject of an audience of a topic
     */
    public Wildcard join(Session session, Object key, String prefix, Function<Topic, Object> form) {
        Wildcard wildcard = new Wildcard(session, prefix, form);
        session.wildcards().put(key, wildcard);
        all.add(wildcard);
        prefixes.add(prefix);
        hub.turn().endSoon();
        return wildcard;
    }

    /** Ends a wildcard; false if the session has none of that name. */
    public boolean leave(Session session, Object key) {
        Wildcard wildcard = session.wildcards().remove(key);
        if (wildcard == null) {
            return false;
        }
        all.remove(wildcard);
        List.copyOf(wildcard.members.values()).forEach(hub::leave);
        return true;
    }

    /** The beginnings of topics of which the cache must tell all that the node holds. */
    List<String> takePrefixes() {
        List<String> taken = List.copyOf(prefixes);
        prefixes.clear();
        return taken;
    }

    /** Enters the sessions that want all of its sort into a topic of the node; they are activated once it is told. */
    List<Membership> cover(Answer answer) {
        List<Membership> entered = new ArrayList<>(0);
        for (Wildcard wildcard : all) {
            if (answer.accepted() && wildcard.covers(answer.topic())) {
                Membership before = wildcard.of(answer.topic());
                if (before == null && !wildcard.session.memberships().containsKey(answer.topic())) {
                    entered.add(enter(wildcard, answer.topic()));
                } else if (before != null && before.ending()) {
                    entered.add(before);
                }
            }
        }
        return entered;
    }

    /** Enters a session, which gives up what it asked for by itself, by its wildcards. */
    List<Membership> cover(Session session, TopicLine line) {
        List<Membership> entered = new ArrayList<>(0);
        Answer answer = line.answer();
        for (Wildcard wildcard : session.wildcards().values()) {
            if (answer != null && answer.accepted() && wildcard.covers(line.topic())) {
                entered.add(enter(wildcard, line.topic()));
            }
        }
        return entered;
    }

    private Membership enter(Wildcard wildcard, Topic topic) {
        Object subject = wildcard.subjectOf(topic);
        Audience audience = hub.audienceOf(wildcard.session, subject);
        Membership member = new Membership(wildcard.session, topic, subject, audience, wildcard);
        audience.add(member);
        wildcard.members.put(topic, member);
        return member;
    }

    static void activate(Membership member) {
        Wildcard wildcard = member.wildcard;
        if (wildcard != null) {
            wildcard.activate(member);
        }
    }

    /** What a session asks for by itself, it does not get by a wildcard too. */
    void uncover(Session session, Object key) {
        for (Wildcard wildcard : session.wildcards().values()) {
            Membership covered = key instanceof Topic topic ? wildcard.of(topic) : null;
            if (covered != null) {
                hub.leave(covered);
            }
        }
    }

    /** Nobody on this node holds these topics any more. */
    void onReleased(Released released) {
        for (Topic topic : released.topics()) {
            for (Wildcard wildcard : all) {
                Membership member = wildcard.of(topic);
                if (member != null) {
                    member.endSoon();
                }
            }
        }
    }
}
