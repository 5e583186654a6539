package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HolidaysTest {
    @TempDir
    Path dir = Path.of("");

    private static long day(String date) {
        return LocalDate.parse(date).toEpochDay();
    }

    @Test
    void shouldKnowClosedDaysAndOtherHours() {
        Holidays holidays = Holidays.read("h", """
                ---
                # a comment
                KRX:  # another
                  - 2026-01-01   # closed
                  - "2026-01-02 10:00-15:30"

                US:
                - 2026-07-03
                """);

        assertThat(holidays.closed("KRX", day("2026-01-01"))).isTrue();
        assertThat(holidays.closed("KRX", day("2026-01-02"))).isFalse();
        assertThat(holidays.on("KRX", day("2026-01-02"))).isEqualTo(new Holidays.Hours(600, 930));
        assertThat(holidays.on("KRX", day("2026-01-03"))).isNull();
        assertThat(holidays.closed("US", day("2026-07-03"))).isTrue();
        assertThat(holidays.closed("US", day("2026-01-01"))).isFalse();
        assertThat(holidays.on("elsewhere", day("2026-01-01"))).isNull();
        assertThat(holidays.covers("KRX", 2026)).isTrue();
        assertThat(holidays.covers("KRX", 2027)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- 2026-02-30|no such day: 2026-02-30",
                "- 2026-2-3|expected 'MARKET:', '- 2026-01-01' or '- 2026-01-02 10:00-15:30', but it is '- 2026-2-3'",
                "holidays: [2026-01-01]|but it is 'holidays: [2026-01-01]'",
                "- 2026-02-02 15:00-10:00|no such hours: 15:00-10:00",
                "- 2026-02-02 10:00-10:75|no such hours: 10:00-10:75",
                "- 2026-02-02 00:00-00:00 x|expected",
                "- 2026-01-01|the day stands there twice",
                "KRX:|market KRX stands there twice"
            })
    void shouldNameTheLineThatIsWrong(String line, String problem) {
        assertThatThrownBy(() -> Holidays.read("my.yaml", "KRX:\n  - 2026-01-01\n" + line + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("my.yaml line 3: ")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("line 4");
    }

    @Test
    void shouldNameAllLinesThatAreWrong() throws Exception {
        Path file = dir.resolve("my.yaml");
        Files.writeString(file, "- 2026-01-01\nKRX:\n  - never\n");

        assertThatThrownBy(() -> Holidays.of(file))
                .hasMessageContaining(file + " line 1: a day without a market above it\n" + file + " line 3: expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"KRX", "NYSE"})
    void shouldComeWithTwoYearsOfWorkingDays(String market) {
        Holidays holidays = Holidays.builtIn();
        int closed = 0;
        LocalDate end = LocalDate.of(2028, 1, 1);
        for (LocalDate date = LocalDate.of(2026, 1, 1); date.isBefore(end); date = date.plusDays(1)) {
            boolean weekend = date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
            assertThat(weekend && holidays.on(market, date.toEpochDay()) != null)
                    .as("%s is a weekend", date)
                    .isFalse();
            closed += holidays.closed(market, date.toEpochDay()) ? 1 : 0;
        }

        assertThat(closed).isBetween(20, 36);
        assertThat(holidays.covers(market, 2026) && holidays.covers(market, 2027))
                .isTrue();
        assertThat(holidays.covers(market, 2028)).isFalse();
    }
}
