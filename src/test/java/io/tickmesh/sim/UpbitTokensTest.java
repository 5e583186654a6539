package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpbitTokensTest {
    private static final String ACCESS = "TESTACCESSKEY0000000000000000000000000AA";
    private static final String SECRET = "TESTSECRETKEY0000000000000000000000000BB";
    private static final String PAYLOAD = "eyJhY2Nlc3Nfa2V5IjoiVEVTVEFDQ0VTU0tFWTAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDBBQSIs"
            + "Im5vbmNlIjoiMDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAxIn0";
    private static final String HS512 = "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9." + PAYLOAD
            + ".50M3SP0NqgrNSq91zhPI0CP8zqKtW0AC48S2KhppwU2iCp6Ed0oWHNCVriiuWjz_l-lwsyb4ANI_ugzfwUX0Bg";
    private static final String HS256 =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." + PAYLOAD + ".LzMFdOQQyH8mUtQWZyEUz2nh1KjlGFwCmzWK0XvlT0U";

    private final UpbitTokens tokens = new UpbitTokens(settings(UpbitSimSettings.DEFAULTS, ACCESS + ':' + SECRET));

    private static UpbitAccessSettings settings(UpbitSimSettings from, String... keys) {
        return from.patched(new JsonObject().put("keys", new JsonArray(List.of(keys))))
                .access();
    }

    @ParameterizedTest
    @ValueSource(strings = {HS512, HS256})
    void shouldTakeTheTestVectorsOnce(String token) {
        assertThat(tokens.accessKeyOf("Bearer " + token)).isEqualTo(ACCESS);
        assertThat(tokens.accessKeyOf("Bearer " + token)).isNull();
    }

    @Test
    void shouldRefuseANonceAgainWhateverSignsIt() {
        String nonce = UUID.randomUUID().toString();

        assertThat(tokens.accessKeyOf(UpbitBench.token("HS256", ACCESS, SECRET, nonce)))
                .isEqualTo(ACCESS);
        assertThat(tokens.accessKeyOf(UpbitBench.token("HS512", ACCESS, SECRET, nonce)))
                .isNull();
    }

    @Test
    void shouldNotRememberTheNonceOfABadToken() {
        String nonce = UUID.randomUUID().toString();

        assertThat(tokens.accessKeyOf(UpbitBench.token("HS512", ACCESS, "guess", nonce)))
                .isNull();
        assertThat(tokens.accessKeyOf(UpbitBench.token("HS512", ACCESS, SECRET, nonce)))
                .isEqualTo(ACCESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer a.b.c",
                "Bearer ..",
                "Basic " + HS512,
                "bearer " + HS512,
                HS512,
                "Bearer " + HS512 + ".x",
                "Bearer " + HS512 + "A",
                "Bearer " + HS512 + "=="
            })
    void shouldRefuseWhatIsNoToken(String header) {
        assertThat(tokens.accessKeyOf(header)).isNull();
        assertThat(tokens.accessKeyOf(null)).isNull();
    }

    @Test
    void shouldRefuseUnknownKeysOtherAlgorithmsAndNoncesThatAreNoUuid() {
        String uuid = UUID.randomUUID().toString();

        assertThat(tokens.accessKeyOf(UpbitBench.token("HS512", "other", SECRET, uuid)))
                .isNull();
        assertThat(tokens.accessKeyOf(UpbitBench.token("none", ACCESS, SECRET, uuid)))
                .isNull();
        assertThat(tokens.accessKeyOf(UpbitBench.token("HS384", ACCESS, SECRET, uuid)))
                .isNull();
        assertThat(tokens.accessKeyOf(UpbitBench.token("HS512", ACCESS, SECRET, "1")))
                .isNull();
        assertThat(tokens.accessKeyOf(UpbitBench.token("HS512", ACCESS, SECRET, uuid)))
                .isEqualTo(ACCESS);
    }

    @Test
    void shouldTakeOnlyKeysNamedAfterTheOldOnesExpired() {
        tokens.expire();
        String uuid = UUID.randomUUID().toString();
        assertThat(tokens.accessKeyOf(UpbitBench.token("HS512", ACCESS, SECRET, uuid)))
                .isNull();

        tokens.retune(settings(UpbitSimSettings.DEFAULTS, ACCESS + ':' + SECRET, "new:secret"));

        assertThat(tokens.accessKeyOf(UpbitBench.token("HS512", ACCESS, SECRET, uuid)))
                .isNull();
        assertThat(tokens.accessKeyOf(UpbitBench.token("HS512", "new", "secret", uuid)))
                .isEqualTo("new");
    }
}
