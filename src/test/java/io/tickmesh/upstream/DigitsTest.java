package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.market.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int MOST_SCALE = 30;

    private final Digits digits = new Digits();

    private boolean read(String text) {
        byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        return digits.read(bytes, 1, bytes.length - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "7,7",
        "-7,-7",
        "+70700,70700",
        "' 67300',67300",
        "' -3 ',-3",
        "00012,12",
        "201.30,201.30",
        "-0.42,-0.42",
        "1e3,1000",
        "1E+3,1000",
        "1.25e1,12.5",
        "1.5e-8,0.000000015",
        "0.0,0.0",
        "9223372036854775807,9223372036854775807",
        "-9223372036854775807,-9223372036854775807"
    })
    void shouldReadANumber(String text, String number) {
        assertThat(read(text)).isTrue();
        assertThat(digits.decimal()).isEqualTo(Decimal.parse(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "+",
                ".",
                "-.",
                ".5",
                "5.",
                "5.e1",
                "1e",
                "1e+",
                "1e1234",
                "e5",
                "1.2.3",
                "1 2",
                "--1",
                "+-1",
                "0x1",
                "1,000",
                "NaN",
                "one",
                "１",
                "9223372036854775808",
                "1e19",
                "9.223372036854775809e18",
                "\t1"
            })
    void shouldRefuseWhatIsNoNumberOrTooLarge(String text) {
        assertThat(read(text)).isFalse();
        assertThat(digits.present()).isFalse();
        assertThat(digits.decimal()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "     "})
    void shouldTakeSpacesForNoNumberAndNoError(String text) {
        read("5");

        assertThat(read(text)).isTrue();
        assertThat(digits.present()).isFalse();
        assertThat(digits.decimal()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0.92233720368547758093,0.922337203685477580",
        "1.99999999999999999999,1.999999999999999999",
        "1e-40,0.000000000000000000000000000000",
        "1e-999,0.000000000000000000000000000000",
        "12e-31,0.000000000000000000000000000001",
        "0.0000000000000000000000000000000001e34,1"
    })
    void shouldCutFractionsOffWhereTheyAreTooLong(String text, String kept) {
        assertThat(read(text)).isTrue();
        assertThat(digits.decimal()).isEqualTo(Decimal.parse(kept));
    }

    @Test
    void shouldChangeSigns() {
        read("-70700");
        digits.abs();
        assertThat(digits.decimal()).isEqualTo(Decimal.of(70_700));

        digits.negate();
        assertThat(digits.unscaled()).isEqualTo(-70_700);
    }

    /** Numbers of every shape: the same value as BigDecimal's, cut off where it is too long, or refused. */
    @Test
    void shouldAgreeWithBigDecimal() {
        Random random = new Random(20_261_121);
        for (int i = 0; i < 300_000; i++) {
            String text = number(random);
            boolean sound = read(text);

            boolean readable = new BigInteger(text.split("[.eE]", 2)[0]).abs().compareTo(MOST) <= 0;
            @Nullable BigDecimal kept = readable ? kept(new BigDecimal(text)) : null;
            if (kept == null) {
                assertThat(sound).as(text).isFalse();
            } else {
                assertThat(sound).as(text).isTrue();
                assertThat(digits.scale()).as(text).isBetween(0, MOST_SCALE);
                assertThat(BigDecimal.valueOf(digits.unscaled(), digits.scale()))
                        .as(text)
                        .isEqualTo(kept);
            }
        }
    }

    /** The exact number as Digits must keep it, or null where it is too large. */
    private static @Nullable BigDecimal kept(BigDecimal exact) {
        BigDecimal kept = exact.scale() < 0 ? exact.setScale(0) : exact;
        int scale = Math.min(kept.scale(), MOST_SCALE);
        kept = kept.setScale(scale, RoundingMode.DOWN);
        while (kept.unscaledValue().abs().compareTo(MOST) > 0) {
            if (scale == 0) {
                return null;
            }
            scale--;
            kept = kept.setScale(scale, RoundingMode.DOWN);
        }
        return kept;
    }

    private static String number(Random random) {
        StringBuilder out = new StringBuilder();
        out.append(new String[] {"", "-", "+"}[random.nextInt(3)]);
        append(out, random, 1 + random.nextInt(random.nextInt(20) + 1));
        if (random.nextBoolean()) {
            append(out.append('.'), random, 1 + random.nextInt(random.nextInt(40) + 1));
        }
        if (random.nextInt(3) == 0) {
            out.append(random.nextBoolean() ? 'e' : 'E').append(new String[] {"", "-", "+"}[random.nextInt(3)]);
            out.append(random.nextInt(random.nextBoolean() ? 25 : 1_000));
        }
        return out.toString();
    }

    private static void append(StringBuilder out, Random random, int count) {
        int kind = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            out.append(kind == 0 ? 0 : kind == 1 ? 9 : random.nextInt(10));
        }
    }
}
