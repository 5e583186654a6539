package io.tickmesh.sim;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection of a client, as Kiwoom sees it: who it is, what it has registered, what it is told. */
final class KiwoomSession implements Peer {
    private static final Pattern TOKEN = Pattern.compile("(\"token\"\\s*:\\s*\")((?:[^\"\\\\]|\\\\.)*)");
    private static final int NORMAL = 1000;
    private static final String BYE = "Bye";
    private static final String TOO_EARLY = "로그인 인증이 들어오기 전에 다른 전문이 들어왔습니다. 해당 전문은 무시됩니다. (TRNM=%s)";
    private static final String TOO_MANY = "등록 가능한 종목 수를 초과하였습니다";
    private static final int TOO_EARLY_CODE = 100_013;
    private static final int LOGIN_REFUSED_CODE = 805_004;
    private static final int LOGINS_WAITING = 16;

    /** A LOGIN that is not answered yet. */
    private record Attempt(String token, long due) {}

    private final KiwoomExchange exchange;
    private final Wire wire;
    private final KiwoomOutbox outbox;
    private final SessionLog.Entry entry;
    private final String host;
    private final long openedAt;
    private final KiwoomRegistrations registrations = new KiwoomRegistrations();
    private final Deque<Attempt> attempts = new ArrayDeque<>();
    private @Nullable String appKey;
    private boolean gone;
    private long pingedAt;
    private int misses;
    private boolean echoed = true;

    KiwoomSession(KiwoomExchange exchange, Wire wire, SessionLog.Entry entry, String host, long now) {
        this.exchange = exchange;
        this.wire = wire;
        this.entry = entry;
        this.host = host;
        this.openedAt = now;
        this.pingedAt = now;
        this.outbox = new KiwoomOutbox(
                wire,
                () -> exchange.settings().stream(),
                exchange.mishaps(),
                Hash.mix(exchange.settings().stream().seed(), entry.id()));
    }

    long id() {
        return entry.id();
    }

    @Nullable
    String appKey() {
        return appKey;
    }

    boolean isLoggedIn() {
        return appKey != null && !gone;
    }

    Set<KiwoomChange.Pair> pairs() {
        return registrations.pairs();
    }

    KiwoomOutbox outbox() {
        return outbox;
    }

    @Override
    public void onPing(long now) {
        entry.pinged(now);
    }

    @Override
    public void onText(String text, long now) {
        entry.received(now, redacted(text));
        if (gone || outbox.isSilent()) {
            return;
        }
        @Nullable JsonObject message = parsed(text);
        if (message == null) {
            echoed |= rules().barePing() && text.equals("PING");
        } else if (message.getValue("trnm") instanceof String trnm) {
            onMessage(trnm, message, now);
        }
    }

    private static String redacted(String text) {
        return TOKEN.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + SessionLog.mask(found.group(2))));
    }

    private static @Nullable JsonObject parsed(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    private void onMessage(String trnm, JsonObject message, long now) {
        switch (trnm) {
            case "PING" -> echoed = true;
            case "SYSTEM" -> bye("client echoed SYSTEM", now);
            case "LOGIN" -> onLogin(message.getValue("token"), now);
            default -> {
                if (appKey == null) {
                    answer(trnm, TOO_EARLY_CODE, TOO_EARLY);
                } else {
                    onRequest(trnm, message, now);
                }
            }
        }
    }

    private void onLogin(@Nullable Object token, long now) {
        String tried = token instanceof String text ? text : "";
        entry.triedKey(tried);
        if (attempts.size() < LOGINS_WAITING) {
            int spread = rules().loginLatencyMaxMs() - rules().loginLatencyMinMs();
            long latency = rules().loginLatencyMinMs() + Hash.below(Hash.mix(id(), now), spread + 1L);
            attempts.add(new Attempt(tried, now + latency));
        }
    }

    private void onRequest(String trnm, JsonObject message, long now) {
        outbox.hurry(now);
        if (!trnm.equals("REG") && !trnm.equals("REMOVE")) {
            answer(trnm, 1, "알 수 없는 전문입니다");
        } else if (exchange.mishaps().takeRegistrationRefusal()) {
            answer(trnm, 1, TOO_MANY);
        } else {
            try {
                onChange(trnm, KiwoomChange.of(message));
            } catch (IllegalArgumentException e) {
                answer(trnm, 1, "입력값이 올바르지 않습니다 (" + e.getMessage() + ")");
            }
        }
    }

    private void onChange(String trnm, KiwoomChange change) {
        if (trnm.equals("REMOVE")) {
            registrations.remove(change, pair -> exchange.pump().release(this, pair));
            answer(trnm, 0, "");
        } else if (registrations.add(
                change,
                rules(),
                pair -> exchange.pump().hold(this, pair),
                pair -> exchange.pump().release(this, pair))) {
            answer(trnm, 0, "");
        } else {
            answer(trnm, 1, TOO_MANY);
        }
        entry.holds(
                registrations.pairs().stream().map(KiwoomChange.Pair::toString).toList());
    }

    private void answer(String trnm, int code, String text) {
        outbox.say(answerTo(trnm, code, text).encode());
    }

    private JsonObject answerTo(String trnm, int code, String text) {
        return new JsonObject()
                .put("trnm", trnm)
                .put("return_code", rules().textCodes() ? (Object) Integer.toString(code) : (Object) code)
                .put("return_msg", text);
    }

    /** Does what is due by now. */
    void turn(long now) {
        if (outbox.isSilent()) {
            outbox.turn(now, entry);
            return;
        }
        while (!gone && !attempts.isEmpty() && attempts.element().due() <= now) {
            login(attempts.remove().token(), now);
        }
        if (!gone && now - pingedAt >= rules().pingMs()) {
            ping(now);
        }
        if (!gone && appKey == null && now - openedAt >= rules().loginTimeoutMs()) {
            system(KiwoomNotice.NO_LOGIN);
            bye("login timeout", now);
        }
        if (!gone && rules().byeEveryMs() > 0 && now - openedAt >= rules().byeEveryMs()) {
            bye("periodic bye", now);
        }
        if (!gone) {
            outbox.turn(now, entry);
        }
    }

    private void login(String token, long now) {
        @Nullable
        KiwoomError refusal = exchange.mishaps().takeLoginRefusal()
                ? KiwoomError.INVALID_TOKEN
                : exchange.tokens().refusal(token, host, exchange.settings().rest(), now);
        KiwoomTokens.@Nullable Token known = exchange.tokens().find(token);
        if (refusal == null && known != null) {
            appKey = known.appKey();
            entry.loggedIn(now);
            outbox.say(answerTo("LOGIN", 0, "").put("sor_yn", "Y").encode());
            exchange.loggedIn(this, known.appKey(), now);
            return;
        }
        KiwoomError why = refusal == null ? KiwoomError.INVALID_TOKEN : refusal;
        answer("LOGIN", LOGIN_REFUSED_CODE, "인증에 실패하여 접속을 종료합니다 [CODE=" + why.code() + ", MESSAGE=" + why.text() + "]");
        if (exchange.settings().rest().profile() == KiwoomRestSettings.Profile.LIVE) {
            system(KiwoomNotice.NO_LOGIN);
        }
        bye("login refused", now);
    }

    private void ping(long now) {
        pingedAt = now - (now - pingedAt) % rules().pingMs();
        misses = echoed ? 0 : misses + 1;
        if (misses >= rules().pingMisses()) {
            heartbeatMissed(now);
        } else if (!exchange.mishaps().pingsStopped) {
            echoed = false;
            outbox.say(rules().barePing() ? "PING" : "{\"trnm\":\"PING\"}");
        } else {
            echoed = true;
        }
    }

    /** R10002 and the end. */
    void heartbeatMissed(long now) {
        system(KiwoomNotice.NO_HEARTBEAT);
        bye("no heartbeat", now);
    }

    /** R10001 and the end: the app key logged in elsewhere. */
    void replaced(long now) {
        system(KiwoomNotice.REPLACED);
        bye("replaced", now);
    }

    private void system(KiwoomNotice notice) {
        boolean plain = rules().systemKeys() == KiwoomSessionSettings.SystemKeys.CODE;
        outbox.say(new JsonObject()
                .put("trnm", "SYSTEM")
                .put(plain ? "code" : "return_code", notice.code())
                .put(plain ? "message" : "return_msg", notice.text())
                .encode());
    }

    void bye(String reason, long now) {
        close(NORMAL, BYE, reason, now);
    }

    /** A silenced client hears no goodbye: its socket stays as it is. */
    void close(int code, String word, String reason, long now) {
        boolean silent = outbox.isSilent();
        ended(reason, now);
        if (!silent) {
            wire.close(code, word);
        }
    }

    void drop(boolean reset, String reason, long now) {
        ended(reason, now);
        wire.drop(reset);
    }

    @Override
    public void ended(String reason, long now) {
        if (!gone) {
            outbox.turn(now, entry);
            gone = true;
            entry.closed(now, reason);
            exchange.forget(this);
        }
    }

    private KiwoomSessionSettings rules() {
        return exchange.settings().session();
    }
}
