package io.tickmesh.upstream.kis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tickmesh.upstream.RestCall;
import io.tickmesh.upstream.TokenRecipe;
import io.tickmesh.upstream.TokenRecipe.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KisTokensTest {
    /** Nine o'clock in Seoul. */
    private static final long NOW = Instant.parse("2026-10-12T00:00:00Z").toEpochMilli();

    private final TokenRecipe approval = new KisApprovalKey();
    private final TokenRecipe access = new KisAccessToken();

    private static Answer read(TokenRecipe recipe, int status, String body) {
        return recipe.read(status, body.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static long hours(double hours) {
        return NOW + (long) (hours * 3_600_000);
    }

    @Test
    void shouldAskForTheApprovalKeyWithItsOwnNameOfTheSecret() {
        RestCall call = approval.call(KisTest.feed("ws://127.0.0.1:1", "app_key", "app_secret"));

        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.path()).isEqualTo("/oauth2/Approval");
        assertThat(call.body())
                .isEqualTo("{\"grant_type\":\"client_credentials\",\"appkey\":\"made up app_key\","
                        + "\"secretkey\":\"made up app_secret\"}");
        assertThat(call.toString()).doesNotContain("made up");
        assertThat(approval.pause()).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void shouldAskForTheAccessTokenAtMostOnceAMinute() {
        RestCall call = access.call(KisTest.feed("ws://127.0.0.1:1", "app_key", "app_secret"));

        assertThat(call.path()).isEqualTo("/oauth2/tokenP");
        assertThat(call.body()).contains("\"appsecret\":\"made up app_secret\"").doesNotContain("secretkey");
        assertThat(access.pause()).isGreaterThan(Duration.ofMinutes(1));
    }

    @Test
    void shouldNotAskWithoutCredentials() {
        assertThatIllegalStateException()
                .isThrownBy(() -> approval.call(KisTest.feed("ws://127.0.0.1:1", "app_key")))
                .withMessage("no app_secret");
    }

    @Test
    void shouldUseAnApprovalKeyForHalfOfItsDay() {
        Answer answer = read(approval, 200, "{\"approval_key\":\"11111111-2222-3333-4444-555555555555\"}");

        assertThat(answer).isInstanceOfSatisfying(Answer.Issued.class, issued -> {
            assertThat(issued.token().reveal()).isEqualTo("11111111-2222-3333-4444-555555555555");
            assertThat(issued.goodUntil()).isEqualTo(hours(12));
        });
        assertThat(answer.toString()).doesNotContain("1111");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-13 09:00:00,86400,23.8333333334",
        // The same token again: it ends when it would have ended.
        "2026-10-12 12:00:00,86400,2.8333333334",
        "2026-10-13 09:00:00,3600,0.8333333334",
        "tomorrow,86400,23.8333333334",
        "2026-10-01 09:00:00,86400,23.8333333334",
        "2026-10-13 09:00:00,never,23.8333333334",
        "2027-10-13 09:00:00,999999999,23.8333333334",
        "2026-10-12 09:05:00,86400,0"
    })
    void shouldUseAnAccessTokenUntilShortlyBeforeItsEnd(String expired, String expiresIn, double hours) {
        String number = expiresIn.equals("never") ? "\"never\"" : expiresIn;
        Answer answer = read(
                access,
                200,
                "{\"access_token\":\"demo.jwt.value\",\"access_token_token_expired\":\"" + expired
                        + "\",\"token_type\":\"Bearer\",\"expires_in\":" + number + "}");

        assertThat(answer).isInstanceOfSatisfying(Answer.Issued.class, issued -> {
            assertThat(issued.token().reveal()).isEqualTo("demo.jwt.value");
            assertThat(issued.goodUntil()).isEqualTo(hours(hours));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "403,EGW00103,Refused",
        "403,EGW00105,Refused",
        "403,EGW00104,Refused",
        "500,EGW00103,Refused",
        "400,EGW00208,Refused",
        "403,EGW00133,Later",
        "500,EGW00201,Later",
        "500,EGW00300,Later",
        "500,EGW00301,Later",
        "429,'',Later",
        "500,'',Later",
        "401,'',Refused",
        "200,'',Later"
    })
    void shouldKnowWhetherAskingAgainHelps(int status, String code, String sort) {
        String body = "{\"error_code\":\"" + code + "\",\"error_description\":\"text\"}";

        assertThat(read(approval, status, body).getClass().getSimpleName()).isEqualTo(sort);
        assertThat(read(access, status, body).getClass().getSimpleName()).isEqualTo(sort);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{",
                "{\"approval_key\":\"\",\"access_token\":\" \"}",
                "7",
                "{\"approval_key\":{}}"
            })
    void shouldAskLaterWhereAnAnswerMakesNoSense(String body) {
        assertThat(read(approval, 200, body)).isEqualTo(new Answer.Later("200"));
        assertThat(read(access, 200, body)).isEqualTo(new Answer.Later("200"));
    }
}
