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
    private final Wildcards wildcards = new Wildcards(this);
    private final List<Membership> finished = new ArrayList<>();
    private final int loop;
    private final TopicNumbers numbers;
    private final Map<String, Integer> sessionsPerDialect = new HashMap<>();
    private boolean sessionsChanged;
    private @Nullable Turn turn;
    private @Nullable TimerWheel wheel;

    private record AudienceKey(String dialect, Object subject) {}

    Hub(int loop, TopicNumbers numbers) {
        this.loop = loop;
        this.numbers = numbers;
    }

    int loop() {
        return loop;
    }

    /** The numbers of the node's topics. */
    public TopicNumbers numbers() {
        return numbers;
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

    /** The wishes for all topics of a sort. */
    public Wildcards wildcards() {
        return wildcards;
    }

    void wheel(TimerWheel value) {
        wheel = value;
    }

    TimerWheel wheel() {
        if (wheel == null) {
            throw new IllegalStateException("the hub has no timer yet");
        }
        return wheel;
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
            new ArrayList<>(session.wildcards().keySet()).forEach(key -> wildcards.leave(session, key));
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
        return join(session, subject, subject);
    }

    /**
     * The same where a session holds something in one of several forms.
     *
     * @param key what it holds, at most once
     * @param subject that in the form that the session wants
     */
    public @Nullable Membership join(Session session, Object key, Object subject) {
        if (session.memberships().containsKey(key)) {
            return null;
        }
        Membership member = new Membership(session, key, subject, audienceOf(session, subject), null);
        member.audience().add(member);
        session.memberships().put(key, member);
        count(member.audience(), 1);
        wildcards.uncover(session, key);
        return member;
    }

    /** From now on the member gets the frames of another form; what it is owed, it is owed in that. */
    public void move(Membership member, Object subject) {
        if (member.hasLeft() || member.subject().equals(subject)) {
            return;
        }
        Audience before = member.audience();
        Object subjectBefore = member.subject();
        Audience next = audienceOf(member.session, subject);
        before.remove(member);
        member.moveTo(subject, next);
        next.add(member);
        if (member.wildcard == null) {
            count(next, 1);
            count(before, -1);
        }
        disposeIfEmpty(key(member.session, subjectBefore), before);
    }

    private static AudienceKey key(Session session, Object subject) {
        return new AudienceKey(session.dialect().name(), subject);
    }

    Audience audienceOf(Session session, Object subject) {
        return audiences.computeIfAbsent(key(session, subject), key -> newAudience(session, subject));
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
        return new TopicLine(topic, numbers.acquire(topic));
    }

    private void count(Audience audience, int change) {
        for (TopicLine line : audience.lines()) {
            if (line.holders() == 0) {
                asked.add(line.topic());
            }
            line.addHolders(change);
            if (line.holders() == 0) {
                asked.remove(line.topic());
            }
            changed.add(line.topic());
        }
        turn().endSoon();
    }

    /** Takes a session out of the audience of what it holds; false if it does not hold it. */
    public boolean leave(Session session, Object key) {
        Membership member = session.memberships().get(key);
        if (member == null) {
            return false;
        }
        TopicLine line = session.wildcards().isEmpty() ? null : lines.get(key);
        List<Membership> covered = line == null ? List.of() : wildcards.cover(session, line);
        leave(member);
        covered.forEach(Wildcards::activate);
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

    void leave(Membership member) {
        Audience audience = member.audience();
        Wildcard wildcard = member.wildcard;
        if (wildcard == null) {
            member.session.memberships().remove(member.key);
        } else {
            wildcard.members.remove((Topic) member.key);
        }
        audience.remove(member);
        member.left();
        if (wildcard == null) {
            count(audience, -1);
        }
        disposeIfEmpty(key(member.session, member.subject()), audience);
    }

    private void disposeIfEmpty(AudienceKey key, Audience audience) {
        if (audience.size() == 0) {
            audiences.remove(key);
            audience.dispose();
            for (TopicLine line : audience.lines()) {
                line.audiences().remove(audience);
                if (line.audiences().isEmpty()) {
                    lines.remove(line.topic());
                    numbers.release(line.topic());
                    asked.remove(line.topic());
                }
            }
        }
    }

    /** The member has got all that it wanted, and leaves when this turn is over. */
    void finish(Membership member) {
        finished.add(member);
        turn().endSoon();
    }

    private void endFinished() {
        finished.forEach(member -> {
            if (!member.hasLeft() && !member.active()) {
                leave(member);
            }
        });
        finished.clear();
    }

    void onEvents(HubEvents told) {
        turn().coalescing().burst();
        List<PoolEvent> events = told.events();
        for (int i = 0; i < events.size(); i++) {
            PoolEvent event = events.get(i);
            if (event instanceof Tick tick) {
                TopicLine line = lines.get(tick.topic());
                if (line != null) {
                    line.onTick(tick);
                }
            } else if (event instanceof Answer answer) {
                List<Membership> covered = wildcards.cover(answer);
                TopicLine line = lines.get(answer.topic());
                if (line != null) {
                    line.onAnswer(answer);
                }
                covered.forEach(Wildcards::activate);
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
        endFinished();
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
