package io.tickmesh.client;

import io.tickmesh.bus.HolderCounts;
import io.tickmesh.bus.HubEvents;
import io.tickmesh.market.Answer;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one event loop and the topics they hold. All of it runs on that loop: no locks, nothing shared.
 *
 * <p>A topic is entered in the index before anybody is asked for it, so that no tick can slip through between.
 */
public final class Hub {
    private final Map<Topic, TopicLine> lines = new HashMap<>();
    private final Map<AudienceKey, Audience> audiences = new HashMap<>();
    private final Map<String, FeedStatus> feeds = new HashMap<>();
    private final Map<String, FeedStatus> connections = new LinkedHashMap<>();
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final Map<String, Dialect> dialects = new HashMap<>();
    private final Set<Topic> changed = new HashSet<>();
    private final Set<Topic> asked = new HashSet<>();
    private final Set<Topic> dropped = new HashSet<>();
    private final int loop;
    private final Map<String, Integer> sessionsPerDialect = new HashMap<>();
    private boolean sessionsChanged;
    private @Nullable Turn turn;

    private record AudienceKey(String dialect, Object subject) {}

    Hub(int loop) {
        this.loop = loop;
    }

    void turn(Turn value) {
        turn = value;
    }

    Turn turn() {
        if (turn == null) {
            throw new IllegalStateException("the hub has no turn yet");
        }
        return turn;
    }

    void open(Session session) {
        sessions.add(session);
        dialects.putIfAbsent(session.dialect().name(), session.dialect());
        session.meters().opened();
        countSession(session, 1);
        session.dialect().onOpen(session);
    }

    void leave(Session session) {
        if (sessions.remove(session)) {
            countSession(session, -1);
            new ArrayList<>(session.memberships().values()).forEach(this::leave);
        }
    }

    private void countSession(Session session, int change) {
        sessionsPerDialect.merge(session.dialect().name(), change, Integer::sum);
        sessionsChanged = true;
        turn().endSoon();
    }

    Set<Session> sessions() {
        return sessions;
    }

    /** What a feed of that pool last said; null if it has not said anything. */
    public @Nullable FeedStatus feedOf(String pool) {
        return feeds.get(pool);
    }

    /** What each connection of that pool last said; nothing before the first did. */
    public List<FeedStatus> connectionsOf(String pool) {
        return connections.values().stream()
                .filter(each -> each.pool().equals(pool))
                .toList();
    }

    /**
     * Enters a session into the audience of a subject. It gets nothing before {@link Membership#activate()}.
     *
     * @return the membership, or null if the session had joined before
     */
    public @Nullable Membership join(Session session, Object subject) {
        if (session.memberships().containsKey(subject)) {
            return null;
        }
        Audience audience = audiences.computeIfAbsent(key(session, subject), key -> newAudience(session, subject));
        Membership member = new Membership(session, audience, subject);
        audience.add(member);
        session.memberships().put(subject, member);
        count(audience, 1);
        return member;
    }

    private static AudienceKey key(Session session, Object subject) {
        return new AudienceKey(session.dialect().name(), subject);
    }

    private Audience newAudience(Session session, Object subject) {
        Audience audience = session.dialect().audienceOf(subject, session.meters());
        for (Topic topic : audience.topics()) {
            TopicLine line = lines.computeIfAbsent(topic, this::newLine);
            line.audiences().add(audience);
            audience.readFrom(line);
        }
        return audience;
    }

    private TopicLine newLine(Topic topic) {
        asked.add(topic);
        return new TopicLine(topic);
    }

    private void count(Audience audience, int change) {
        for (TopicLine line : audience.lines()) {
            line.addHolders(change);
            changed.add(line.topic());
        }
        turn().endSoon();
    }

    /** Takes a session out of the audience of a subject; false if it was not in it. */
    public boolean leave(Session session, Object subject) {
        Membership member = session.memberships().get(subject);
        if (member == null) {
            return false;
        }
        leave(member);
        return true;
    }

    /** Takes a session that was refused out of the audience of a subject, whose topics need not linger. */
    public void drop(Session session, Object subject) {
        Membership member = session.memberships().get(subject);
        if (member != null) {
            dropped.addAll(member.audience().topics());
            leave(member);
        }
    }

    private void leave(Membership member) {
        Audience audience = member.audience();
        member.session.memberships().remove(member.subject);
        audience.remove(member);
        member.left();
        count(audience, -1);
        if (audience.size() == 0) {
            audiences.remove(key(member.session, member.subject));
            audience.dispose();
            for (TopicLine line : audience.lines()) {
                line.audiences().remove(audience);
                if (line.audiences().isEmpty()) {
                    lines.remove(line.topic());
                    asked.remove(line.topic());
                }
            }
        }
    }

    void onEvents(HubEvents told) {
        List<PoolEvent> events = told.events();
        for (int i = 0; i < events.size(); i++) {
            PoolEvent event = events.get(i);
            if (event instanceof Tick tick) {
                TopicLine line = lines.get(tick.topic());
                if (line != null) {
                    line.onTick(tick);
                }
            } else if (event instanceof Answer answer) {
                TopicLine line = lines.get(answer.topic());
                if (line != null) {
                    line.onAnswer(answer);
                }
            } else if (event instanceof StateChange change) {
                TopicLine line = lines.get(change.topic());
                if (line != null) {
                    line.onState(change.state());
                }
            } else if (event instanceof FeedStatus status) {
                onFeed(status);
            }
        }
    }

    private void onFeed(FeedStatus status) {
        connections.put(status.feed(), status);
        FeedStatus before = feeds.put(status.pool(), status);
        if (before != null && !before.equals(status)) {
            dialects.values().forEach(dialect -> dialect.onFeed(before, status, List.copyOf(sessions)));
        }
    }

    /** What the subscription role must be told since this was last asked; null if nothing. */
    @Nullable
    HolderCounts takeChanges() {
        if (changed.isEmpty() && !sessionsChanged) {
            return null;
        }
        Map<Topic, Integer> holders = new HashMap<>();
        for (Topic topic : changed) {
            TopicLine line = lines.get(topic);
            holders.put(topic, line == null ? 0 : line.holders());
        }
        HolderCounts counts = new HolderCounts(loop, holders, asked, dropped, sessionsPerDialect);
        changed.clear();
        asked.clear();
        dropped.clear();
        sessionsChanged = false;
        return counts;
    }
}
