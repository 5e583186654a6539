package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tickmesh.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureLineTest {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"s\":\"aapl\"}", "0|H0STCNT0|001|005930^1", "주식체결", " ", "\\", "base64", "a\u2028b\t"})
    void shouldLeaveTextAsItCame(String text) {
        assertThat(CaptureLine.of(utf8(text), utf8(text).length)).isEqualTo(text);
        assertThat(CaptureLine.frame(text)).isEqualTo(utf8(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\r", "base64:", "base64:e30="})
    void shouldEncodeTextThatALineCannotHold(String text) {
        String line = CaptureLine.of(utf8(text), utf8(text).length);

        assertThat(line).startsWith("base64:").isNotEqualTo(text).doesNotContain("\n", "\r");
        assertThat(CaptureLine.frame(line)).isEqualTo(utf8(text));
    }

    @Test
    void shouldHoldAnyBytes() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] frame = new byte[random.nextInt(40)];
            random.nextBytes(frame);

            String line = CaptureLine.of(frame, frame.length);

            assertThat(line.lines()).hasSize(1);
            assertThat(CaptureLine.frame(line)).isEqualTo(frame);
        }
    }

    @Test
    void shouldTakeOnlyTheGivenLength() {
        assertThat(CaptureLine.of(utf8("abcdef"), 3)).isEqualTo("abc");
    }

    @Test
    void shouldRefuseWhatIsNoBase64() {
        assertThatIllegalArgumentException().isThrownBy(() -> CaptureLine.frame("base64:?"));
    }

    @Test
    void shouldMaskSecretsInPlaceAndKeepMaskingOldOnes() {
        SecretMask mask = new SecretMask();
        mask.add(List.of(new Secret("old/key")));
        mask.add(List.of(new Secret("newer")));

        byte[] frame = utf8("{\"a\":\"old/key\",\"b\":\"old\\/key\",\"c\":\"newernewer\",\"d\":\"old\"} newer");
        String masked = new String(mask.masked(frame, frame.length - 6), StandardCharsets.UTF_8);

        assertThat(masked).isEqualTo("{\"a\":\"*******\",\"b\":\"********\",\"c\":\"**********\",\"d\":\"old\"}");
        assertThat(frame).contains(utf8("newer"));
    }
}
