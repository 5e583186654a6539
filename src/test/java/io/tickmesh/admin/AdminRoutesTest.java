package io.tickmesh.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inquiry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdminRoutesTest extends AdminFixture {
    @Test
    void shouldShowTheClusterWithASilentNodeAndAPoolOfNobody() {
        silent("n3");
        members("n1", "n2", "n3");
        JsonObject cluster = get("/admin/cluster").json();
        assertThat(cluster.getString("rule")).isEqualTo("live members");
        JsonArray nodes = cluster.getJsonArray("nodes");
        assertThat(nodes.getJsonObject(0))
                .isEqualTo(json("{'node':'n1','version':'tickmesh 1','started':5,'ready':true,'reason':'',"
                        + "'clients':'127.0.0.1:1','management':'127.0.0.1:2','draining':false,"
                        + "'sessions':{'stream':3},'held':4,'pins':1,'answered':true,'since':1}"));
        assertThat(nodes.getJsonObject(1).getString("node")).isEqualTo("n2");
        assertThat(nodes.getJsonObject(2)).isEqualTo(json("{'node':'n3','answered':false,'since':null}"));
        assertThat(cluster.getJsonArray("pools"))
                .containsExactly(
                        json("{'pool':'fmp.crypto','owner':'n2','epoch':8,'heard':true,'answered':true,"
                                + "'feed':'fmp-crypto','state':'streaming','registered':3,'capacity':500}"),
                        json("{'pool':'fmp.forex','owner':null,'epoch':null,'heard':false,'answered':false,"
                                + "'feed':null,'state':null,'registered':null,'capacity':null}"),
                        json("{'pool':'fmp.stock','owner':'n1','epoch':7,'heard':true,'answered':true,"
                                + "'feed':'fmp-stock','state':'streaming','registered':3,'capacity':500}"));
    }

    @Test
    void shouldListNodesInPagesAndNameTheSilentOnes() {
        silent("n3");
        members("n1", "n2", "n3");
        assertThat(walk("/admin/nodes", "node", 1)).containsExactly("n1", "n2", "n3");
        JsonObject page = get("/admin/nodes").json();
        assertThat(in(page, "silent")).containsExactly("n3");
        assertThat(get("/admin/nodes/n2").json().getLong("since")).isEqualTo(2);
        assertThat(get("/admin/nodes/n3").json().getBoolean("answered")).isFalse();
        assertThat(get("/admin/nodes/n9").status()).isEqualTo(404);
    }

    @Test
    void shouldDrainTheNamedNodeAlone() {
        assertThat(post("/admin/nodes/n2/drain", "").json())
                .isEqualTo(json("{'status':'done','command':'drain','target':'n2'}"));
        assertThat(told).containsExactly("n2 node {\"command\":\"drain\"}");
        assertThat(post("/admin/nodes/n9/drain", "").status()).isEqualTo(404);
    }

    @Test
    void shouldSayThatACommandReachedNobody() {
        silent("n3");
        members("n1", "n2", "n3", "n4");
        Reply silent = post("/admin/nodes/n3/drain", "");
        assertThat(silent.status()).isEqualTo(504);
        assertThat(silent.json()).isEqualTo(json("{'detail':'Node n3 does not answer'}"));
        assertThat(post("/admin/nodes/n4/drain", "").status()).isEqualTo(504);
    }

    @Test
    void shouldShowFeedsByPoolOrByName() {
        JsonObject stock = get("/admin/feeds/fmp.stock").json();
        assertThat(stock.getString("feed")).isEqualTo("fmp-stock");
        assertThat(stock.getInteger("capacity")).isEqualTo(500);
        assertThat(get("/admin/feeds/fmp-stock").json()).isEqualTo(stock);
        assertThat(get("/admin/feeds/fmp.forex").json())
                .isEqualTo(json("{'pool':'fmp.forex','owner':null,'epoch':null,'heard':false,'answered':false}"));
        assertThat(get("/admin/feeds/nope").status()).isEqualTo(404);
        assertThat(walk("/admin/feeds", "pool", 1)).containsExactly("fmp.crypto", "fmp.forex", "fmp.stock");
    }

    @Test
    void shouldCommandAFeedAtItsOwner() {
        assertThat(post("/admin/feeds/fmp-crypto/move", "{'to':'n2'}").json())
                .isEqualTo(json("{'status':'done','command':'move','target':'fmp.crypto'}"));
        assertThat(told).contains("n2 ownership {\"command\":\"move\",\"pool\":\"fmp.crypto\",\"to\":\"n2\"}");
        assertThat(post("/admin/feeds/fmp.stock/reconnect", "").status()).isEqualTo(200);
        assertThat(told).contains("n1 pool.fmp.stock {\"command\":\"reconnect\"}");

        Reply conflict = post("/admin/feeds/fmp.stock/move", "{'to':'n1'}");
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.json()).isEqualTo(json("{'detail':'node n1 owns it already'}"));
        assertThat(post("/admin/feeds/fmp.stock/move", "{'to':'n9'}").status()).isEqualTo(404);
        assertThat(post("/admin/feeds/fmp.forex/reconnect", "").status()).isEqualTo(503);
    }

    @Test
    void shouldPauseAndResumeThroughTheLedger() {
        assertThat(post("/admin/feeds/fmp-stock/pause", "").status()).isEqualTo(200);
        assertThat(post("/admin/feeds/fmp.stock/pause", "").status()).isEqualTo(200);
        assertThat(ledger).containsExactly("pause:fmp.stock");
        assertThat(post("/admin/feeds/fmp.stock/resume", "").status()).isEqualTo(200);
        assertThat(ledger).isEmpty();
        assertThat(post("/admin/feeds/nope/pause", "").status()).isEqualTo(404);
    }

    @Test
    void shouldMergeTheTopicsOfAllOwnersInOneOrder() {
        List<String> all =
                List.of("quote/fmp:AAPL", "quote/fmp:BTCUSD", "trade/fmp:AAPL", "trade/fmp:BTCUSD", "trade/fmp:MSFT");
        for (int limit = 1; limit < 7; limit++) {
            assertThat(walk("/admin/topics", "topic", limit)).isEqualTo(all);
        }
        assertThat(walk("/admin/topics?pool=fmp.crypto", "topic", 1))
                .containsExactly("quote/fmp:BTCUSD", "trade/fmp:BTCUSD");
        assertThat(get("/admin/topics?pool=nope").status()).isEqualTo(404);
    }

    @Test
    void shouldShowOneTopic() {
        assertThat(get("/admin/topic?topic=trade/fmp:aapl").json().getString("topic"))
                .isEqualTo("trade/fmp:AAPL");
        assertThat(get("/admin/topic?topic=trade%2Ffmp%3ABTCUSD").json().getLong("seq"))
                .isEqualTo(9);
        assertThat(get("/admin/topic?topic=trade/fmp:NONE").status()).isEqualTo(404);
        assertThat(get("/admin/topic?topic=trade/fmp:EURUSD").status()).isEqualTo(404);
        assertThat(get("/admin/topic?topic=trade/fmp:EURJPY").status()).isEqualTo(503);
        assertThat(get("/admin/topic?topic=x").status()).isEqualTo(422);
        assertThat(get("/admin/topic").status()).isEqualTo(422);
    }

    @Test
    void shouldWalkTheSessionsOfAllNodesAndLoops() {
        List<String> all = List.of("n1/0-1", "n1/0-2", "n1/0-10", "n1/1-1", "n2/0-1", "n2/0-2");
        for (int limit : List.of(1, 2, 3, 4, 5, 6, 7)) {
            assertThat(walk("/admin/sessions", "id", limit)).as("by %d", limit).isEqualTo(all);
        }
        assertThat(walk("/admin/sessions?node=n2", "id", 1)).containsExactly("n2/0-1", "n2/0-2");
        assertThat(get("/admin/sessions?node=n9").status()).isEqualTo(404);
    }

    @Test
    void shouldListTheSessionsOfTheOthersWhileANodeIsSilent() {
        silent("n1a");
        members("n1", "n1a", "n2");
        Reply page = get("/admin/sessions");
        assertThat(page.items("id")).hasSize(6);
        assertThat(in(page.json(), "silent")).containsExactly("n1a");
    }

    @Test
    void shouldCutASessionWhereverItIs() {
        assertThat(delete("/admin/sessions/n1%2F1-1").json())
                .isEqualTo(json("{'status':'done','command':'cut','target':'n1/1-1'}"));
        assertThat(told).containsExactly("n1 sessions.1 {\"command\":\"cut\",\"id\":\"n1/1-1\"}");
        assertThat(delete("/admin/sessions/n2%2F0-2").status()).isEqualTo(200);
        for (String id : List.of("n1%2F0-77", "n1%2F5-1", "n9%2F0-1", "nonsense")) {
            assertThat(delete("/admin/sessions/" + id).status()).as(id).isEqualTo(404);
        }
    }

    @Test
    void shouldKeepPinsInTheLedger() {
        assertThat(post("/admin/pins", "{'topics':['trade/fmp:msft','trade/fmp:AAPL','trade/fmp:AAPL']}")
                        .json())
                .isEqualTo(json("{'status':'done','command':'pin','topics':['trade/fmp:AAPL','trade/fmp:MSFT'],"
                        + "'changed':2}"));
        ledger.add("pause:fmp.stock");
        assertThat(walk("/admin/pins", "topic", 1)).containsExactly("trade/fmp:AAPL", "trade/fmp:MSFT");
        ledger.add("pin:book/fmp:OLD");
        assertThat(delete("/admin/pins?topic=trade/fmp:AAPL&topic=book/fmp:OLD&topic=trade/fmp:NONE")
                        .json()
                        .getInteger("changed"))
                .isEqualTo(2);
        assertThat(call(
                                HttpMethod.DELETE,
                                "/admin/pins",
                                "{\"topics\":[\"trade/fmp:MSFT\"]}",
                                "Content-Type",
                                "application/json")
                        .status())
                .isEqualTo(200);
        assertThat(ledger).containsExactly("pause:fmp.stock");
    }

    @Test
    void shouldPinAllOrNone() {
        Reply refused = post("/admin/pins", "{'topics':['trade/fmp:AAPL','book/fmp:AAPL']}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().getString("detail")).contains("book/fmp:AAPL");
        assertThat(ledger).isEmpty();
    }

    @Test
    void shouldRefuseWhatItCannotRead() {
        assertThat(get("/admin/sessions?limit=0").status()).isEqualTo(422);
        assertThat(get("/admin/topics?limit=1001").status()).isEqualTo(422);
        assertThat(get("/admin/pins?limit=x").status()).isEqualTo(422);
        assertThat(get("/admin/nodes?after=%21").status()).isEqualTo(422);
        assertThat(get("/admin/sessions?after=eHg").status()).isEqualTo(422);
        assertThat(post("/admin/pins", "{").status()).isEqualTo(400);
        assertThat(post("/admin/pins", "[]").status()).isEqualTo(422);
        assertThat(post("/admin/pins", "").status()).isEqualTo(422);
        assertThat(post("/admin/pins", "{'topics':[1]}").status()).isEqualTo(422);
        assertThat(post("/admin/pins", "{'topics':[]}").status()).isEqualTo(422);
        assertThat(post("/admin/feeds/fmp.stock/move", "{'to':1}").status()).isEqualTo(422);
        assertThat(call(HttpMethod.POST, "/admin/pins", "topics=x", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(post("/admin/pins", "{'topics':['" + "x".repeat(11_000) + "']}")
                        .status())
                .isEqualTo(413);
        assertThat(get("/admin/nothing").json()).isEqualTo(json("{'detail':'Nothing at /admin/nothing'}"));
        assertThat(delete("/admin/cluster").json()).isEqualTo(json("{'detail':'Method DELETE is not allowed here'}"));
        assertThat(delete("/admin/cluster").status()).isEqualTo(405);
    }

    @Test
    void shouldAnswerOtherNodesForThisOne() {
        Finding stock = ask("pool.fmp.stock", json("{'ask':'feed'}"));
        assertThat(stock.body().getString("feed")).isEqualTo("fmp-stock");
        assertThat(ask("sessions", json("{'after':'n1/0-2','limit':2}")).body().getString("next"))
                .isNull();
        Finding nobody = ask("pool.fmp.tea", new JsonObject());
        assertThat(nobody).isEqualTo(Finding.refused(404, "nothing on node n1 knows of pool.fmp.tea"));
    }

    private Finding ask(String subject, JsonObject arguments) {
        return result(vertx.eventBus()
                .<Finding>request(Addresses.commandOf("n1"), new Inquiry(subject, arguments))
                .map(Message::body));
    }

    @Test
    void shouldCountWhatAnotherNodeSendsThatIsNoInquiry() {
        vertx.eventBus().send(Addresses.commandOf("n1"), Buffer.buffer("x"));
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(get("/metrics").text()).contains("tickmesh_bus_refused_total 1.0"));
    }

    @Test
    void shouldSayWhyItIsNotReady() {
        assertThat(get("/health/ready").json()).isEqualTo(json("{'status':'UP'}"));
        trouble = "no quorum of the voters";
        Reply down = get("/health/ready");
        assertThat(down.status()).isEqualTo(503);
        assertThat(down.json()).isEqualTo(json("{'status':'DOWN','reason':'no quorum of the voters'}"));
    }

    @Test
    void shouldGoOnFromMemoryWhileOwnershipSaysNothing() {
        vertx.eventBus().localConsumer(Addresses.inquiry("ownership"), message -> {});
        bus.publish(Addresses.OWNERS, new io.tickmesh.bus.PoolOwner("fmp.stock", "n1", 7, true));
        // the two listeners take turns: one of two questions goes unanswered
        List<Integer> answers = List.of(
                get("/admin/feeds/fmp.stock").status(),
                get("/admin/feeds/fmp.stock").status());
        assertThat(answers).containsOnly(200);
    }
}
