package io.tickmesh.sim;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection of a client, as FMP sees it: who it is, what it holds, what it is told. */
final class FmpSession implements Peer {
    private static final String HEARTBEAT = "{\"event\":\"heartbeat\"}";
    private static final String NOT_UNDERSTOOD = "{\"event\":\"error\",\"status\":400,\"message\":\"Invalid message\"}";
    private static final Pattern API_KEY = Pattern.compile("(\"apiKey\"\\s*:\\s*\")((?:[^\"\\\\]|\\\\.)*)");
    private static final Set<String> CHANGES = Set.of("subscribe", "unsubscribe");
    private static final int NORMAL = 1000;

    private enum Phase {
        /** Connected, not logged in. */
        FRESH,
        /** Told no; open a little longer. */
        REFUSED,
        LOGGED_IN,
        GONE
    }

    private final FmpFeed feed;
    private final Wire wire;
    private final SessionLog.Entry entry;
    private final RateWindow control = new RateWindow();
    private final Set<String> tickers = new LinkedHashSet<>();
    private final Ascii batch = new Ascii();
    private Phase phase = Phase.FRESH;
    private long phaseSince;
    private @Nullable String key;
    private @Nullable String delayedKey;
    private long delayedUntil;
    private long lastHeartbeat;
    private boolean frozen;
    private Buffer out = Buffer.buffer();
    private long sent;
    private long skipped;

    FmpSession(FmpFeed feed, Wire wire, SessionLog.Entry entry, long now) {
        this.feed = feed;
        this.wire = wire;
        this.entry = entry;
        this.phaseSince = now;
    }

    long id() {
        return entry.id();
    }

    @Nullable
    String key() {
        return key;
    }

    boolean isLoggedIn() {
        return phase == Phase.LOGGED_IN;
    }

    Set<String> tickers() {
        return tickers;
    }

    @Override
    public void onPing(long now) {
        entry.pinged(now);
    }

    @Override
    public void onText(String text, long now) {
        entry.received(now, redacted(text));
        if (phase == Phase.REFUSED || phase == Phase.GONE) {
            return;
        }
        boolean inTime = control.admit(now, rules().controlPerSecond());
        @Nullable JsonObject message = parsed(text);
        @Nullable Object event = message == null ? null : message.getValue("event");
        @Nullable Object data = message == null ? null : message.getValue("data");
        if ("login".equals(event)) {
            if (inTime) {
                onLogin(data instanceof JsonObject object ? object.getValue("apiKey") : null, now);
            }
        } else if (phase == Phase.LOGGED_IN) {
            if (event instanceof String change && CHANGES.contains(change)) {
                onChange(change, data instanceof JsonObject object ? object.getValue("ticker") : null, inTime);
            } else if (rules().errorFrames()) {
                say(NOT_UNDERSTOOD);
            }
        }
    }

    private String redacted(String text) {
        String redacted = API_KEY.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + SessionLog.mask(found.group(2))));
        for (String each : rules().keys()) {
            redacted = redacted.replace(each, SessionLog.mask(each));
        }
        return redacted;
    }

    private static @Nullable JsonObject parsed(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException e) {
            return null;
        }
    }

    void onLogin(@Nullable Object apiKey, long now) {
        String tried = apiKey instanceof String text ? text : "";
        entry.triedKey(tried);
        long delay = feed.faults().loginDelayMs;
        if (delay > 0) {
            delayedKey = tried;
            delayedUntil = now + delay;
        } else {
            feed.login(this, tried, now);
        }
    }

    private void onChange(String event, @Nullable Object ticker, boolean inTime) {
        List<String> asked = texts(ticker);
        if (!inTime) {
            acknowledge(event, 429, "Too many messages");
        } else if (asked.isEmpty()) {
            acknowledge(event, 400, "Invalid ticker");
        } else if (event.equals("subscribe")) {
            onSubscribe(asked);
        } else {
            folded(asked).forEach(each -> {
                tickers.remove(each);
                feed.pump().release(this, each);
            });
            acknowledge(event, 200, "Unsubscribed from " + String.join(",", asked));
        }
        entry.holds(tickers);
    }

    private void onSubscribe(List<String> asked) {
        Set<String> wanted = new LinkedHashSet<>(tickers);
        wanted.addAll(folded(asked));
        List<String> refused =
                asked.stream().filter(feed.faults().refusedSymbols::contains).toList();
        if (!refused.isEmpty()) {
            acknowledge("subscribe", 400, "Not allowed: " + String.join(",", refused));
        } else if (wanted.size() > rules().tickerCap()) {
            acknowledge("subscribe", 400, "Ticker limit of " + rules().tickerCap() + " exceeded");
        } else {
            acknowledge("subscribe", 200, "Subscribed to " + String.join(",", asked));
            wanted.stream().filter(tickers::add).forEach(each -> feed.pump().hold(this, each));
        }
    }

    private List<String> folded(List<String> asked) {
        return rules().foldCase()
                ? asked.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList()
                : asked;
    }

    /** One text or a list of texts, or nothing if it is neither. */
    private static List<String> texts(@Nullable Object ticker) {
        if (ticker instanceof String one) {
            return List.of(one);
        }
        if (ticker instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
            return array.stream().map(String.class::cast).toList();
        }
        return List.of();
    }

    private void acknowledge(String event, int status, String message) {
        if (!feed.faults().takeSwallowedAck()) {
            answer(event, status, message);
        }
    }

    void answer(String event, int status, String message) {
        say(new JsonObject()
                .put("event", event)
                .put("status", status)
                .put("message", message)
                .encode());
    }

    void loggedIn(String withKey, long now) {
        if (phase == Phase.FRESH) {
            phase = Phase.LOGGED_IN;
            phaseSince = now;
            lastHeartbeat = now;
            key = withKey;
            entry.loggedIn(now);
        }
    }

    void refused(long now) {
        phase = Phase.REFUSED;
        phaseSince = now;
        feed.forgetSubscriptions(this);
    }

    /** Does what is due by now. */
    void turn(long now) {
        if (delayedKey != null && now >= delayedUntil) {
            String tried = delayedKey;
            delayedKey = null;
            feed.login(this, tried, now);
        }
        switch (phase) {
            case FRESH -> {
                if (now - phaseSince >= rules().loginTimeoutMs()) {
                    close(NORMAL, "login timeout", now);
                }
            }
            case REFUSED -> {
                if (now - phaseSince >= rules().refusedLingerMs()) {
                    close(NORMAL, "login refused", now);
                }
            }
            case LOGGED_IN -> beat(now);
            case GONE -> {
                // nothing is due any more
            }
        }
        flush();
    }

    private void beat(long now) {
        if (now - lastHeartbeat >= feed.settings().stream().heartbeatMs()) {
            lastHeartbeat = now;
            if (!feed.faults().heartbeatsStopped && !feed.settings().stream().quiet()) {
                say(HEARTBEAT);
            }
        }
    }

    /** Sends a text frame now, behind what waits. */
    void say(String text) {
        if (frozen || phase == Phase.GONE) {
            return;
        }
        closeBatch();
        WsFrames.appendText(out, text);
        flush();
    }

    void sayBytes(byte[] bytes) {
        if (!frozen) {
            closeBatch();
            WsFrames.append(out, WsFrames.BINARY, bytes, bytes.length);
            flush();
        }
    }

    /** Adds a data frame to what goes out at the end of the turn. */
    void tick(byte[] payload, int length) {
        if (frozen || wire.full()) {
            skipped++;
            return;
        }
        sent++;
        if (feed.settings().stream().arrays()) {
            batch.append(batch.length() == 0 ? '[' : ',').append(payload, length);
        } else {
            WsFrames.append(out, WsFrames.TEXT, payload, length);
        }
    }

    private void closeBatch() {
        if (batch.length() > 0) {
            batch.append(']');
            WsFrames.append(out, WsFrames.TEXT, batch.bytes(), batch.length());
            batch.clear();
        }
    }

    void flush() {
        closeBatch();
        if (out.length() > 0) {
            wire.send(out);
            out = Buffer.buffer();
        }
        if (sent + skipped > 0) {
            entry.sent(sent, skipped);
            sent = 0;
            skipped = 0;
        }
    }

    void freeze(boolean on) {
        frozen = on;
        wire.freeze(on);
    }

    /** A frozen client hears no goodbye: its socket stays as it is. */
    void close(int code, String reason, long now) {
        ended(reason, now);
        if (!frozen) {
            wire.close(code);
        }
    }

    void drop(boolean reset, String reason, long now) {
        ended(reason, now);
        wire.drop(reset);
    }

    @Override
    public void ended(String reason, long now) {
        if (phase != Phase.GONE) {
            flush();
            phase = Phase.GONE;
            entry.closed(now, reason);
            feed.forget(this);
        }
    }

    private FmpSessionSettings rules() {
        return feed.settings().session();
    }
}
