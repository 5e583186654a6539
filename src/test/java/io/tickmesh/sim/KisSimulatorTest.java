package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickmesh.config.SimConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** KIS over real sockets. */
class KisSimulatorTest {
    private final Vertx vertx = Vertx.vertx();
    private final KisSimulator simulator = new KisSimulator(new SimConfig("127.0.0.1", 0, 1, 20));

    @BeforeEach
    void deploy() {
        SimulatorFixture.result(vertx.deployVerticle(simulator));
    }

    @AfterEach
    void close() {
        SimulatorFixture.result(vertx.close());
    }

    private String approval() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.restUrl() + "/oauth2/Approval"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        KisBench.account("secretkey").encode()))
                .build();
        HttpResponse<String> response = FmpClient.HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        return new JsonObject(response.body()).getString("approval_key");
    }

    @Test
    void shouldRegisterFeedAndRefuseASecondSession() throws Exception {
        String approval = approval();
        FmpClient first = FmpClient.connect(simulator.url())
                .say(KisBench.request(approval, "1", "H0STCNT0", "005930"))
                .until("OPSP0000")
                .until("0|H0STCNT0|00");
        FmpClient.connect(simulator.url().replace("/tryitout", "/any"))
                .say(KisBench.request(approval, "1", "H0STASP0", "005930"))
                .until("OPSP8996")
                .untilGone();

        assertThat(first.closed).isNotDone();
        assertThat(simulator.sessions()).extracting(SessionRecord::isOpen).containsExactly(true, false);
        assertThat(simulator.sessions().get(0).tickers()).containsExactly("H0STCNT0|005930");
        assertThat(simulator.sessions().get(0).frames().get(0).text()).doesNotContain(approval);
        assertThat(simulator.restRequests()).extracting(RestRequest::path).containsExactly("/oauth2/Approval");
    }

    @Test
    void shouldEmitFaultAndReset() throws Exception {
        FmpClient client = FmpClient.connect(simulator.url())
                .say(KisBench.request(approval(), "1", "H0STCNI0", "sim-hts"))
                .until("OPSP0000");
        assertThat(SimulatorFixture.result(simulator.emit(List.of("0|X|001|a^b"))))
                .isEqualTo(1);
        client.until("0|X|001|a^b");
        SimulatorFixture.result(simulator.fault("notice", new JsonObject()));
        client.until("1|H0STCNI0|001|");
        SimulatorFixture.result(simulator.reset());
        SimulatorFixture.result(simulator.fault("refuse-upgrades", new JsonObject()));

        assertThatThrownBy(() -> FmpClient.connect(simulator.url())).isNotNull();
        SimulatorFixture.result(simulator.fault("drop", new JsonObject()));
        client.untilGone();
    }
}
