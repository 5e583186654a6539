package io.tickmesh.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tickmesh.config.ManagementConfig;
import io.tickmesh.config.Secret;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who may look and command, and what is written down of it. */
final class AdminAccessTest extends AdminFixture {
    private static final Guard WITH_TOKEN = new Guard(new ManagementConfig("ops.example", 9000, new Secret(TOKEN)));
    private static final Guard WITHOUT_TOKEN = new Guard(new ManagementConfig("0.0.0.0", 9000, null));
    private static final String FAR = "192.0.2.7";

    private final Logger audit = (Logger) LoggerFactory.getLogger("io.tickmesh.audit");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        audit.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        audit.detachAppender(lines);
    }

    private static Guard.Caller from(String address, @Nullable String authorization) {
        return new Guard.Caller(true, address, false, "127.0.0.1:9000", null, authorization);
    }

    private static void refuses(int status, Guard guard, Guard.Caller caller) {
        assertThatThrownBy(() -> guard.admit(caller))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.status())
                                .as(caller.toString())
                                .isEqualTo(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "::1", "0:0:0:0:0:0:0:1"})
    void shouldLetThisMachineInWithoutAToken(String address) {
        assertThat(WITH_TOKEN.admit(from(address, null))).isEqualTo("loopback");
        assertThat(WITHOUT_TOKEN.admit(from(address, null))).isEqualTo("loopback");
    }

    @ParameterizedTest
    @ValueSource(strings = {FAR, "10.0.0.1", "fe80::1%eth0", "2001:db8::1", "localhost", "x"})
    void shouldLetOthersInWithTheTokenAlone(String address) {
        assertThat(WITH_TOKEN.admit(from(address, "Bearer " + TOKEN))).isEqualTo("token");
        refuses(401, WITH_TOKEN, from(address, null));
        refuses(403, WITHOUT_TOKEN, from(address, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer " + TOKEN + "x", "Bearer ", TOKEN, "Basic " + TOKEN, ""})
    void shouldRefuseAnyOtherTokenFromAnywhere(String header) {
        refuses(401, WITH_TOKEN, from(FAR, header));
        refuses(401, WITH_TOKEN, from("127.0.0.1", header));
        refuses(401, WITHOUT_TOKEN, from(FAR, header));
    }

    @Test
    void shouldNotTakeWhatAProxyPassesOnForThisMachine() {
        Guard.Caller passedOn = new Guard.Caller(false, "127.0.0.1", true, "127.0.0.1:9000", null, null);
        refuses(401, WITH_TOKEN, passedOn);
        refuses(403, WITHOUT_TOKEN, passedOn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST:9000", "127.0.0.1", "127.0.0.1:9000", "[::1]:9000", "ops.example:1"})
    void shouldKnowItsOwnNames(String authority) {
        assertThat(WITH_TOKEN.admit(new Guard.Caller(true, "127.0.0.1", false, authority, null, null)))
                .isEqualTo("loopback");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:9000", "localhost.evil.example", "127.0.0.1.evil.example", ""})
    void shouldNotListenToAPageThatBoughtANameForThisMachine(String authority) {
        refuses(403, WITH_TOKEN, new Guard.Caller(false, "127.0.0.1", false, authority, null, null));
        refuses(403, WITH_TOKEN, new Guard.Caller(false, "127.0.0.1", false, null, null, null));
    }

    @Test
    void shouldTakeCommandsFromNoOtherOrigin() {
        for (String origin :
                List.of("http://evil.example", "null", "http://127.0.0.1:8000", "https://127.0.0.1:9000")) {
            refuses(403, WITH_TOKEN, new Guard.Caller(true, "127.0.0.1", false, "127.0.0.1:9000", origin, null));
            refuses(403, WITH_TOKEN, new Guard.Caller(true, FAR, false, "127.0.0.1:9000", origin, "Bearer " + TOKEN));
        }
        assertThat(WITH_TOKEN.admit(
                        new Guard.Caller(true, "127.0.0.1", false, "127.0.0.1:9000", "http://127.0.0.1:9000", null)))
                .isEqualTo("loopback");
        assertThat(WITH_TOKEN.admit(
                        new Guard.Caller(false, "127.0.0.1", false, "127.0.0.1:9000", "http://evil.example", null)))
                .isEqualTo("loopback");
    }

    @Test
    void shouldGuardTheRoutesAndLeaveHealthAndMetricsOpen() {
        assertThat(call(HttpMethod.GET, "/admin/cluster", null, "Host", "evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(call(HttpMethod.GET, "/admin/openapi.yaml", null, "Host", "evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(call(HttpMethod.GET, "/health/ready", null, "Host", "evil.example")
                        .status())
                .isEqualTo(200);
        assertThat(call(HttpMethod.GET, "/metrics", null, "Host", "evil.example")
                        .status())
                .isEqualTo(200);
        assertThat(call(HttpMethod.GET, "/admin/cluster", null, "Authorization", "Bearer wrong")
                        .status())
                .isEqualTo(401);
        assertThat(call(HttpMethod.GET, "/admin/cluster", null, "X-Forwarded-For", "127.0.0.1")
                        .status())
                .isEqualTo(401);
        assertThat(call(
                                HttpMethod.GET,
                                "/admin/nodes",
                                null,
                                "Host",
                                "evil.example",
                                "Authorization",
                                "bearer " + TOKEN)
                        .status())
                .isEqualTo(200);
        assertThat(call(HttpMethod.POST, "/admin/nodes/n1/drain", null, "Origin", "http://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(told).noneMatch(each -> each.contains("drain"));
    }

    private List<String> written() {
        return List.copyOf(lines.list).stream()
                .map(event -> event.getFormattedMessage() + event.getKeyValuePairs())
                .toList();
    }

    @Test
    void shouldWriteDownEveryCommandAndNothingElse() {
        get("/admin/cluster");
        post("/admin/feeds/fmp.stock/move", "{'to':'n2'}");
        call(HttpMethod.POST, "/admin/nodes/n2/drain", null, "Authorization", "Bearer " + TOKEN);
        call(HttpMethod.POST, "/admin/nodes/n2/drain", null, "Authorization", "Bearer guess");
        delete("/admin/sessions/n1%2F0-99%0Aforged");
        await().until(() -> written().size() == 4);
        assertThat(written().get(0))
                .contains("by=\"loopback\"", "127.0.0.1", "command=\"move\"", "fmp.stock", "n2", "status=\"200\"");
        assertThat(written().get(1)).contains("by=\"token\"", "drain", "target=\"n2\"", "status=\"200\"");
        assertThat(written().get(2)).contains("by=\"nobody\"", "status=\"401\"");
        assertThat(written().get(3)).contains("cut", "status=\"404\"").doesNotContain("\n");
        assertThat(written()).noneMatch(line -> line.contains(TOKEN) || line.contains("guess"));
        assertThat(get("/metrics").text())
                .contains("tickmesh_admin_commands_total{command=\"move\",status=\"200\"} 1.0")
                .contains("tickmesh_admin_commands_total{command=\"none\",status=\"401\"} 1.0");
    }
}
