package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.MILLI;
import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.config.UpstreamConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    /** Its answers are "token lifeInMillis", "refused" or anything else for later. */
    private record Recipe(String name, Duration pause) implements TokenRecipe {
        @Override
        public boolean forSessions() {
            return true;
        }

        @Override
        public RestCall call(FeedConfig feed) {
            return new RestCall("POST", "/" + name, Map.of(), "");
        }

        @Override
        public Answer read(int status, byte[] body, long nowMillis) {
            String text = new String(body, StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            if (status == 200) {
                long life = Long.parseLong(text.substring(space + 1));
                return new Answer.Issued(new Secret(text.substring(0, space)), nowMillis + life);
            }
            return status == 403 ? new Answer.Refused(text) : new Answer.Later(text);
        }
    }

    private final List<String> asked = new ArrayList<>();
    private final Tokens tokens = tokens("made-up-secret", "https://live");
    private long now = Long.MAX_VALUE - SECOND;
    private long wall = 1_790_000_000_000L;

    private Tokens tokens(String appSecret, String restUrl) {
        FeedConfig feed = new FeedConfig(
                "kis",
                "kis",
                "",
                FeedConfig.Mode.LIVE,
                "ws://nowhere",
                restUrl,
                1,
                FeedConfig.Overflow.FALLBACK,
                Map.of("app_key", new Secret("made-up-key"), "app_secret", new Secret(appSecret)),
                null);
        return new Tokens(
                feed,
                List.of(new Recipe("access", PAUSE), new Recipe("approval", Duration.ofSeconds(1))),
                UpstreamConfig.DEFAULTS,
                (recipe, call) -> asked.add(recipe.name() + ' ' + call));
    }

    private void pass(long nanos) {
        now += nanos;
        wall += nanos / MILLI;
    }

    /** How long it takes until the token is asked for again. */
    private long nanosToAsk(Tokens of, String name) {
        long before = now;
        asked.clear();
        while (asked.stream().noneMatch(each -> each.startsWith(name + ' '))) {
            assertThat(now - before).isLessThan(48 * HOUR);
            pass(Math.max(MILLI, of.nanosToWake(now, wall)));
            of.wake(now, wall);
            if (asked.contains("approval POST /approval") && !name.equals("approval")) {
                issue(of, "approval", "a", 24 * HOUR);
                asked.remove("approval POST /approval");
            }
        }
        return now - before;
    }

    private void issue(Tokens to, String name, String token, long life) {
        reply(to, name, 200, token + ' ' + life / MILLI);
    }

    private void reply(Tokens to, String name, int status, String text) {
        to.onReply(name, new RestReply(status, Map.of(), text.getBytes(StandardCharsets.UTF_8)), now, wall);
    }

    private void begin() {
        tokens.wake(now, wall);
        issue(tokens, "access", "first", 24 * HOUR);
        issue(tokens, "approval", "key", 24 * HOUR);
    }

    @Test
    void shouldAskForWhatIsMissingOnce() {
        assertThat(tokens.nanosToWake(now, wall)).isZero();
        tokens.wake(now, wall);
        tokens.wake(now, wall);

        assertThat(asked).containsExactly("access POST /access", "approval POST /approval");
        assertThat(tokens.nanosToWake(now, wall)).isEqualTo(Long.MAX_VALUE);
        issue(tokens, "access", "first", 24 * HOUR);
        assertThat(tokens.ready(List.of("access"), wall)).isTrue();
        assertThat(tokens.ready(List.of("access", "approval"), wall)).isFalse();
        assertThat(tokens.current(wall)).isEqualTo(Map.of("access", new Secret("first")));
        assertThat(tokens.ready(List.of(), wall)).isTrue();
    }

    @Test
    void shouldRenewBeforeTheEndAndKeepTheOldOneMeanwhile() {
        begin();
        issue(tokens, "access", "first", 24 * HOUR);

        assertThat(nanosToAsk(tokens, "access")).isEqualTo(24 * HOUR - 10 * MINUTE);
        assertThat(tokens.current(wall)).containsEntry("access", new Secret("first"));
        reply(tokens, "access", 500, "busy");
        assertThat(tokens.ready(List.of("access"), wall)).isTrue();
        assertThat(nanosToAsk(tokens, "access")).isEqualTo(MINUTE);
        issue(tokens, "access", "second", HOUR);
        assertThat(tokens.current(wall)).containsEntry("access", new Secret("second"));
        assertThat(nanosToAsk(tokens, "access")).isEqualTo(54 * MINUTE);
        pass(6 * MINUTE);
        assertThat(tokens.ready(List.of("access"), wall)).isFalse();
    }

    @Test
    void shouldKeepThePauseAfterEveryKindOfEnd() {
        tokens.wake(now, wall);
        pass(9 * SECOND);
        tokens.onNoReply("access", "no whole answer within 15 s", now, wall);
        assertThat(nanosToAsk(tokens, "access")).isEqualTo(MINUTE);
        issue(tokens, "access", "late", -1);
        assertThat(tokens.trouble(List.of("access")))
                .isEqualTo("token access: the provider issued one that has expired already");
        assertThat(nanosToAsk(tokens, "access")).isEqualTo(MINUTE);
        issue(tokens, "access", "first", HOUR);
        assertThat(tokens.stale("access", new Secret("first"), now, wall)).isTrue();
        assertThat(tokens.ready(List.of("access"), wall)).isFalse();
        assertThat(nanosToAsk(tokens, "access")).isEqualTo(MINUTE);
    }

    @Test
    void shouldWaitLongerWithEachFailureAndLongestAfterARefusal() {
        tokens.wake(now, wall);
        issue(tokens, "access", "first", 24 * HOUR);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            reply(tokens, "approval", 500, "maintenance");
            waits.add(nanosToAsk(tokens, "approval") / SECOND);
        }
        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);

        reply(tokens, "approval", 403, "bad\nkey");
        assertThat(tokens.trouble(List.of("access", "approval"))).isEqualTo("token approval: refused: bad?key");
        assertThat(nanosToAsk(tokens, "approval")).isEqualTo(5 * MINUTE);
        reply(tokens, "approval", 403, "bad key");
        assertThat(nanosToAsk(tokens, "approval")).isEqualTo(10 * MINUTE);
        issue(tokens, "approval", "key", HOUR);
        assertThat(tokens.trouble(List.of("access", "approval"))).isEmpty();
    }

    @Test
    void shouldGiveUpAStaleTokenOnceAndBelieveNoSecondTimeInARow() {
        begin();
        assertThat(tokens.stale("access", new Secret("first"), now, wall)).isTrue();
        assertThat(tokens.stale("access", new Secret("first"), now, wall)).isTrue();
        nanosToAsk(tokens, "access");
        issue(tokens, "access", "second", 24 * HOUR);
        assertThat(tokens.stale("access", new Secret("first"), now, wall)).isTrue();
        assertThat(tokens.ready(List.of("access"), wall)).isTrue();

        pass(MINUTE);
        assertThat(tokens.stale("access", new Secret("second"), now, wall)).isFalse();
        assertThat(nanosToAsk(tokens, "access")).isEqualTo(5 * MINUTE);
        issue(tokens, "access", "third", 24 * HOUR);
        pass(11 * MINUTE);
        assertThat(tokens.stale("access", new Secret("third"), now, wall)).isTrue();
    }

    @Test
    void shouldSpareTheNextOwnerTheIssuing() {
        begin();
        Tokens next = tokens("made-up-secret", "https://live");

        assertThat(next.inherit(tokens.sealed(), now, wall)).isTrue();

        assertThat(next.current(wall)).isEqualTo(tokens.current(wall));
        asked.clear();
        next.wake(now, wall);
        assertThat(asked).isEmpty();
        assertThat(next.nanosToWake(now, wall)).isEqualTo(24 * HOUR - 10 * MINUTE);
    }

    @Test
    void shouldKeepThePauseOverATakeoverInTheMiddleOfARequest() {
        long before = tokens.version();
        tokens.wake(now, wall);
        assertThat(tokens.version()).isGreaterThan(before);
        String sealed = tokens.sealed();
        pass(20 * SECOND);
        Tokens next = tokens("made-up-secret", "https://live");
        next.inherit(sealed, now, wall);
        assertThat(nanosToAsk(next, "access")).isEqualTo(40 * SECOND);

        Tokens behind = tokens("made-up-secret", "https://live");
        behind.inherit(sealed, now, wall - 24 * HOUR / MILLI);
        assertThat(behind.nanosToWake(now, wall)).isLessThanOrEqualTo(30 * MINUTE);
    }

    @Test
    void shouldNotGoBackToWhatAnOlderTextSays() {
        begin();
        String older = tokens.sealed();
        pass(2 * MINUTE);
        tokens.stale("access", new Secret("first"), now, wall);

        assertThat(tokens.inherit(older, now, wall)).isTrue();

        assertThat(tokens.ready(List.of("access"), wall)).isFalse();
        assertThat(tokens.ready(List.of("approval"), wall)).isTrue();
    }

    @Test
    void shouldShowNothingAndOpenForTheSameAccountOnly() {
        begin();
        String sealed = tokens.sealed();

        assertThat(sealed).isNotEqualTo(tokens.sealed()).doesNotContain("first", "made-up");
        assertThat(tokens("other-secret", "https://live").inherit(sealed, now, wall))
                .isFalse();
        assertThat(tokens("made-up-secret", "https://mock").inherit(sealed, now, wall))
                .isFalse();
        assertThat(tokens.current(wall).toString()).doesNotContain("first");
    }

    @Test
    void shouldIgnoreATextThatIsSpoiled() {
        begin();
        String sealed = tokens.sealed();
        Random random = new Random(4);
        Tokens next = tokens("made-up-secret", "https://live");
        for (String each : List.of("", "1.", "1.AAAA", "2." + sealed, "1.%%%", "x".repeat(1 << 20))) {
            assertThat(next.inherit(each, now, wall)).isFalse();
        }
        for (int i = 0; i < 2_000; i++) {
            StringBuilder spoiled = new StringBuilder(sealed);
            int at = random.nextInt(sealed.length() - 1);
            char c = (char) random.nextInt(128);
            if (c != sealed.charAt(at)) {
                spoiled.setCharAt(at, c);
                assertThat(next.inherit(spoiled.toString(), now, wall)).isFalse();
            }
            assertThat(next.inherit(sealed.substring(0, at), now, wall)).isFalse();
        }
        assertThat(next.current(wall)).isEmpty();
    }
}
