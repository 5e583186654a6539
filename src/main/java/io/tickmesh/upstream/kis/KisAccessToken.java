package io.tickmesh.upstream.kis;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.upstream.RestCall;
import io.tickmesh.upstream.TokenRecipe;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The token of REST, good for a day. Whoever asks again within six hours gets the same one, so what counts is when it
 * ends, not how long it lives from now on; and each new one is told to the account's owner.
 */
final class KisAccessToken implements TokenRecipe {
    static final String NAME = "access";

    private static final long MOST_MILLIS = Duration.ofDays(1).toMillis();
    private static final long RESERVE_MILLIS = Duration.ofMinutes(10).toMillis();

    /** One each minute is allowed. */
    private static final Duration PAUSE = Duration.ofSeconds(61);

    private static final ZoneOffset SEOUL = ZoneOffset.ofHours(9);
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean forSessions() {
        return false;
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public RestCall call(FeedConfig feed) {
        return KisCalls.token("/oauth2/tokenP", "appsecret", feed);
    }

    @Override
    public Answer read(int status, byte[] body, long nowMillis) {
        KisTokenAnswer answer = new KisTokenAnswer(status, body);
        return answer.isSuccess() && !answer.accessToken().isBlank()
                ? new Answer.Issued(new Secret(answer.accessToken()), goodUntil(answer, nowMillis))
                : answer.refusal();
    }

    private static long goodUntil(KisTokenAnswer answer, long nowMillis) {
        long lifeMillis = answer.expiresIn() == 0 ? MOST_MILLIS : Math.min(MOST_MILLIS, answer.expiresIn() * 1_000);
        long end = nowMillis + lifeMillis;
        try {
            long told = LocalDateTime.parse(answer.expiresAt(), FORMAT)
                    .toInstant(SEOUL)
                    .toEpochMilli();
            end = told > nowMillis ? Math.min(end, told) : end;
        } catch (DateTimeException e) {
            // How long it lives is told twice.
        }
        return Math.max(nowMillis, end - RESERVE_MILLIS);
    }
}
