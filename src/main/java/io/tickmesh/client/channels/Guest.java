package io.tickmesh.client.channels;

import io.tickmesh.bus.ChannelEvent.Subscribed;
import io.tickmesh.client.Session;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the dialect remembers of a session.
 *
 * <p>A client's requests are carried out in order: while one is under way that the next may build upon, nothing more is read
 * from the client; of messages for handlers, so many may be under way that are handled side by side.
 */
final class Guest {
    private static final int MOST_SAID = 64;

    private final Session session;
    private final long number;
    private final String client;
    private final @Nullable String user;
    private final long openedAt;
    private final Map<String, Seat> seats = new HashMap<>();
    private boolean connected;
    private int asked;
    private int said;
    private boolean paused;

    /** A subscription, and the number that the client has seen last where it wants numbers. */
    static final class Seat {
        private final boolean presence;
        private final boolean numbers;
        private long seen;

        Seat(Subscribed subscribed) {
            presence = subscribed.request().presence();
            numbers = subscribed.request().numbers();
            seen = subscribed.number();
        }

        boolean presence() {
            return presence;
        }

        boolean numbers() {
            return numbers;
        }

        long seen() {
            return seen;
        }

        void saw(long message) {
            seen = message;
        }
    }

    Guest(Session session, long number, String client, @Nullable String user) {
        this.session = session;
        this.number = number;
        this.client = client;
        this.user = user;
        this.openedAt = session.pulse().pingedAt();
        balance();
    }

    Session session() {
        return session;
    }

    long number() {
        return number;
    }

    String client() {
        return client;
    }

    @Nullable
    String user() {
        return user;
    }

    /** By {@link System#nanoTime()}. */
    long openedAt() {
        return openedAt;
    }

    Map<String, Seat> seats() {
        return seats;
    }

    boolean connected() {
        return connected;
    }

    void onConnected() {
        connected = true;
        balance();
    }

    void onAsked() {
        asked++;
        balance();
    }

    void onAnswered() {
        asked--;
        balance();
    }

    void onSaid() {
        said++;
        balance();
    }

    void onDone() {
        said--;
        balance();
    }

    private void balance() {
        boolean wait = !connected || asked > 0 || said >= (paused ? MOST_SAID / 2 : MOST_SAID);
        if (wait && !paused) {
            session.pause();
        } else if (!wait && paused) {
            session.resume();
        }
        paused = wait;
    }
}
