package io.tickmesh.upstream.kiwoom;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.market.Printable;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.JsonFault;
import io.tickmesh.upstream.JsonNames;
import io.tickmesh.upstream.JsonReader;
import io.tickmesh.upstream.JsonReader.Token;
import io.tickmesh.upstream.KoreanHours;
import io.tickmesh.upstream.RestCall;
import io.tickmesh.upstream.TokenRecipe;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** The token for REST and for sessions alike; good for 24 hours. Whether a new one ends the old one is not known. */
final class KiwoomToken implements TokenRecipe {
    static final String NAME = "access";

    private static final DateTimeFormatter EXPIRY = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final long LIFETIME = Duration.ofHours(24).toMillis();

    /** A clock that is wrong must not make every token look used up. */
    private static final long LEAST_LIFETIME = Duration.ofMinutes(10).toMillis();

    private static final JsonNames NAMES = new JsonNames("token", "expires_dt", "return_code", "return_msg");

    /** The answer's texts; a number counts as one. */
    private static final class Texts {
        private final String[] all = {"", "", "", ""};

        boolean read(byte[] body) {
            JsonReader json = new JsonReader();
            json.reset(body, body.length);
            try {
                if (json.next() != Token.OBJECT) {
                    return false;
                }
                while (json.next() != Token.END_OBJECT) {
                    int name = json.in(NAMES);
                    Token value = json.next();
                    if (name >= 0 && (value == Token.STRING || value == Token.NUMBER)) {
                        all[name] = json.text();
                    }
                    json.skipChildren();
                }
                return true;
            } catch (JsonFault e) {
                return false;
            }
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean forSessions() {
        return true;
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public RestCall call(FeedConfig feed) {
        Access access = new Access(feed, Map.of());
        String body = KiwoomWriter.object(
                "grant_type",
                "client_credentials",
                "appkey",
                access.credential(Kiwoom.APP_KEY).reveal(),
                "secretkey",
                access.credential(Kiwoom.APP_SECRET).reveal());
        return new RestCall("POST", "/oauth2/token", Map.of("Content-Type", Kiwoom.JSON), body);
    }

    @Override
    public Answer read(int status, byte[] body, long nowMillis) {
        Texts texts = new Texts();
        if (!texts.read(body)) {
            return new Answer.Later("HTTP " + status + ", not JSON");
        }
        String token = texts.all[0];
        String code = texts.all[2];
        String message = texts.all[3];
        if (status == 200 && !token.isBlank() && (code.isEmpty() || code.equals("0"))) {
            return new Answer.Issued(new Secret(token), goodUntil(texts.all[1], nowMillis));
        }
        long reason = KiwoomRefusals.reason(whole(code), message);
        String said =
                "HTTP " + status + (code.isEmpty() ? "" : ", " + Printable.of(code)) + ", " + Printable.of(message);
        boolean refused = KiwoomRefusals.isOfCredentials(reason) || status == 401 || status == 403;
        return refused ? new Answer.Refused(said) : new Answer.Later(said);
    }

    private static long goodUntil(String expiry, long nowMillis) {
        long until;
        try {
            until = LocalDateTime.parse(expiry, EXPIRY)
                    .toInstant(KoreanHours.ZONE)
                    .toEpochMilli();
        } catch (DateTimeParseException e) {
            until = nowMillis + LIFETIME;
        }
        return Math.min(Math.max(until, nowMillis + LEAST_LIFETIME), nowMillis + LIFETIME);
    }

    private static long whole(String code) {
        boolean plain = !code.isEmpty() && code.length() < 10 && code.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Long.parseLong(code) : -1;
    }
}
