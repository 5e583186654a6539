package io.tickmesh.client.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PositionsTest {
    private final Positions positions = new Positions(List.of("a", "b", "c", "d"));

    private String text() {
        StringBuilder text = new StringBuilder();
        positions.appendTo(text);
        return text.toString();
    }

    @Test
    void shouldLeaveAnEpochOutThatIsThatOfThePositionBefore() {
        assertThat(text()).isEqualTo("-,-,-,-");
        positions.set("b", 36, 71);
        positions.set("d", 36, 1);
        positions.set("unknown", 1, 1);
        assertThat(text()).isEqualTo("-,10.1z,-,1");
        positions.set("c", 37, 0);
        assertThat(text()).isEqualTo("-,10.1z,11.0,10.1");
    }

    @Test
    void shouldReadWhatItWrote() {
        positions.set("b", 1_827_302_400_000L, 42);
        positions.set("c", 1_827_302_400_000L, Integer.MAX_VALUE);
        Positions read = new Positions(positions.topics());
        assertThat(read.read(text())).isTrue();
        assertThat(read.get("a")).isNull();
        assertThat(read.get("b")).isEqualTo(new Positions.Position(1_827_302_400_000L, 42));
        assertThat(read.get("c")).isEqualTo(new Positions.Position(1_827_302_400_000L, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1,-,-,-",
                "1.,-,-,-",
                ".1,-,-,-",
                "1.1,-,-",
                "1.1,-,-,-,-",
                "1.1,!,-,-",
                "1.-1,-,-,-",
                "1.+1,-,-,-",
                "zzzzzzzzzzzzz.1,-,-,-",
                "1.1.1,-,-,-",
                "1.1, 2,-,-"
            })
    void shouldReadNothingElse(String id) {
        assertThat(positions.read(id)).isFalse();
        assertThat(text()).isEqualTo("-,-,-,-");
    }
}
