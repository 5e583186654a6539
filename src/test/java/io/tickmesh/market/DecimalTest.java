package io.tickmesh.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalTest {
    private static final int CASES = 50_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "201.37",
                "201.30",
                "0.00001234",
                "123456789",
                "0",
                "0.0",
                "-3",
                "-0.5",
                "1.10251",
                "9223372036854775807",
                "92233720368547758.07",
                "1000000.000"
            })
    void shouldKeepExactlyTheDigitsThatWereSent(String digits) {
        assertThat(Decimal.parse(digits)).hasToString(digits);
    }

    @ParameterizedTest
    @CsvSource({"1.234e-05,0.00001234", "1E3,1000", "1.5e+2,150", "12e-1,1.2", "0e5,0", "+300,300", "7e-10,0.0000000007"
    })
    void shouldReadExponentsAndSigns(String sent, String plain) {
        assertThat(Decimal.parse(sent)).hasToString(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".5",
                "5.",
                "1.2.3",
                "1e",
                "1e+",
                "1e1234",
                "abc",
                "1a",
                "NaN",
                "Infinity",
                "0x10",
                "1_000",
                "1e99",
                "1e-99",
                "9223372036854775808",
                "1 ",
                " 1",
                "--1",
                "1e5e5"
            })
    void shouldRefuseWhatIsNoNumberOrTooLong(String text) {
        assertThatThrownBy(() -> Decimal.parse(text)).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void shouldReadBackEveryNumberThatBigDecimalWrites() {
        Random random = new Random(7);
        for (int i = 0; i < CASES; i++) {
            BigDecimal number = new BigDecimal(new BigInteger(1 + random.nextInt(62), random), random.nextInt(30));
            BigDecimal signed = random.nextBoolean() ? number : number.negate();
            Decimal read = Decimal.parse(signed.toPlainString());
            assertThat(read.toBigDecimal()).isEqualTo(signed);
            assertThat(read).hasToString(signed.toPlainString());
            assertThat(Decimal.parse(signed.toString()).toBigDecimal()).isEqualByComparingTo(signed);
        }
    }

    @Test
    void shouldOrderByValueAndEqualByDigits() {
        Random random = new Random(8);
        for (int i = 0; i < CASES; i++) {
            Decimal a = new Decimal(random.nextInt(2_000) - 1_000, random.nextInt(4));
            Decimal b = new Decimal(random.nextInt(2_000) - 1_000, random.nextInt(4));
            assertThat(Integer.signum(a.compareTo(b)))
                    .isEqualTo(a.toBigDecimal().compareTo(b.toBigDecimal()));
        }
        assertThat(Decimal.parse("201.30")).isNotEqualTo(Decimal.parse("201.3"));
        assertThat(Decimal.parse("201.30")).isEqualByComparingTo(Decimal.parse("201.3"));
    }

    @Test
    void shouldNeverThrowAnythingButNumberFormatOnJunk() {
        Random random = new Random(9);
        String alphabet = "0123456789.eE+-x ";
        for (int i = 0; i < CASES; i++) {
            StringBuilder junk = new StringBuilder();
            for (int n = random.nextInt(24); n >= 0; n--) {
                junk.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                BigDecimal expected = new BigDecimal(junk.toString().replaceFirst("^\\+", ""));
                assertThat(Decimal.parse(junk).toBigDecimal()).isEqualByComparingTo(expected);
            } catch (NumberFormatException refused) {
                assertThat(refused).isInstanceOf(NumberFormatException.class);
            }
        }
    }

    @Test
    void shouldFindTheExactMiddle() {
        assertThat(Decimal.middle(Decimal.parse("1.10247"), Decimal.parse("1.10251")))
                .hasToString("1.10249");
        assertThat(Decimal.middle(Decimal.parse("1.10247"), Decimal.parse("1.10250")))
                .hasToString("1.102485");
        assertThat(Decimal.middle(Decimal.parse("3"), Decimal.parse("4.00"))).hasToString("3.50");
    }
}
