package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SessionLogTest {
    private final SessionLog log = new SessionLog(3, 2);

    @Test
    void shouldKeepTheNewestControlFramesOfAllSessionsTogether() {
        SessionLog.Entry one = log.open("stock", "a", 1);
        SessionLog.Entry two = log.open("crypto", "b", 2);
        one.received(3, "first");
        two.received(4, "second");
        one.received(5, "third");
        one.received(6, "fourth");

        SessionRecord first = log.records().get(0);
        assertThat(first.controlFrames()).isEqualTo(3);
        assertThat(first.frames()).extracting(SessionRecord.ControlFrame::text).containsExactly("third", "fourth");
        assertThat(log.records().get(1).frames()).hasSize(1);
    }

    @Test
    void shouldKeepTheNewestEndedSessionsAndAllOpenOnes() {
        List<SessionLog.Entry> entries = List.of(
                log.open("stock", "a", 1),
                log.open("stock", "b", 2),
                log.open("stock", "c", 3),
                log.open("stock", "d", 4));
        entries.get(0).received(5, "gone with its session");
        entries.subList(0, 3).forEach(each -> each.closed(9, "over"));

        assertThat(log.records()).extracting(SessionRecord::remote).containsExactly("b", "c", "d");
    }

    @Test
    void shouldRememberTheFirstReasonOfAnEnd() {
        SessionLog.Entry entry = log.open("stock", "a", 1);
        entry.closed(5, "login timeout");
        entry.closed(6, "client gone");

        assertThat(log.records().get(0).closeReason()).isEqualTo("login timeout");
        assertThat(log.records().get(0).closedAt()).isEqualTo(5);
    }

    @Test
    void shouldMaskAllButTheEndOfAKey() {
        assertThat(SessionLog.mask("secret-42")).isEqualTo("***42");
        assertThat(SessionLog.mask("ab")).isEqualTo("***");
    }
}
