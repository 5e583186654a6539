package io.tickmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inquiry;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SessionDeskTest extends HubFixture {
    private final SessionDesk desk = new SessionDesk("host:1/a", 3, hub);
    private final List<Session> sessions = new ArrayList<>();

    private Finding ask(String arguments) {
        return desk.answer(new Inquiry("sessions.3", new JsonObject(arguments.replace('\'', '"'))));
    }

    private List<String> ids(String arguments) {
        return ask(arguments).body().getJsonArray("sessions").stream()
                .map(each -> ((JsonObject) each).getString("id"))
                .toList();
    }

    @Test
    void shouldDescribeASessionAndCountWhatItMissed() {
        FakeTransport slow = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        slow.reading = false;
        events(trade(7, 2), trade(7, 3), trade(7, 4));

        assertThat(ask("{}"))
                .isEqualTo(Finding.of(new JsonObject("{\"sessions\":[{\"id\":\"host:1/a/3-1\",\"dialect\":\"stream\","
                        + "\"address\":\"test\",\"since\":4,\"topics\":1,\"queue\":1,\"conflated\":2,\"loop\":3}],"
                        + "\"next\":null}")));
    }

    @Test
    void shouldListInPagesAlthoughSessionsComeAndGo() {
        for (int i = 0; i < 5; i++) {
            connect(stream, sessions);
        }
        assertThat(ids("{'limit':2}")).containsExactly("host:1/a/3-1", "host:1/a/3-2");
        assertThat(ask("{'limit':2}").body().getString("next")).isEqualTo("host:1/a/3-2");
        sessions.get(1).close(CloseReason.SILENT);
        assertThat(ids("{'limit':2,'after':'host:1/a/3-2'}")).containsExactly("host:1/a/3-3", "host:1/a/3-4");
        assertThat(ids("{'limit':2,'after':'host:1/a/3-4'}")).containsExactly("host:1/a/3-5");
        assertThat(ask("{'limit':2,'after':'host:1/a/3-4'}").body().getString("next"))
                .isNull();
    }

    @Test
    void shouldCutOneAndOnlyThat() {
        FakeTransport first = connect(stream, sessions);
        FakeTransport second = connect(prices, sessions);

        assertThat(ask("{'command':'cut','id':'host:1/a/3-2'}").status()).isEqualTo(200);

        assertThat(first.closed).isNull();
        assertThat(second.closed).isEqualTo(CloseReason.CUT);
        assertThat(second.closeText).isEqualTo("cut by an operator");
        assertThat(ask("{'command':'cut','id':'host:1/a/3-2'}").status()).isEqualTo(404);
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        connect(stream, sessions);
        for (String id : List.of("'host:1/a/4-1'", "'host:1/a/3-'", "'3-1'", "1", "null")) {
            assertThat(ask("{'command':'cut','id':" + id + "}").status()).as(id).isEqualTo(404);
        }
        assertThat(ask("{'command':'shout'}").status()).isEqualTo(400);
        assertThat(ask("{'after':'x'}").status()).isEqualTo(400);
        assertThat(ask("{'limit':'x'}").status()).isEqualTo(400);
    }
}
