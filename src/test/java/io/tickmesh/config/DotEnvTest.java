package io.tickmesh.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DotEnvTest {
    private final List<Problem> problems = new ArrayList<>();

    private List<EnvironmentNames.Variable> read(String text) {
        return DotEnv.read(".env", text, problems);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "A=b|b",
                "A = b |b",
                "  A=b|b",
                "export A=b|b",
                "A=b # comment|b",
                "A=b#c|b#c",
                "A='b # c' # d|b # c",
                "A=\"b # c\"|b # c",
                "A='b\\n$c'|b\\n$c",
                "A=\"b\\\"c\\\\d\\$e\\q\"|b\"c\\d$e\\q",
                "A=b=c|b=c",
                "A=wss://h/p|wss://h/p",
                "A=|``",
                "A=''|``",
                "A=#b|``",
                "\uFEFFA=b|b",
                "A=b'c|b'c",
            })
    void shouldReadAValue(String line, String value) {
        assertThat(read(line)).containsExactly(new EnvironmentNames.Variable("A", value, ".env line 1, A"));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'\n'", "'\r\n'", "'\r'"})
    void shouldReadLinesOfEveryKindOfEnding(String ending) {
        String text = String.join(ending, "# top", "", "A=1", "B=\"x", "y\"", "C='3'", "");

        assertThat(read(text))
                .containsExactly(
                        new EnvironmentNames.Variable("A", "1", ".env line 3, A"),
                        new EnvironmentNames.Variable("B", "x\ny", ".env line 4, B"),
                        new EnvironmentNames.Variable("C", "3", ".env line 6, C"));
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldReportEachBadLineAndReadOn() {
        assertThat(read("what is this\n1A=b\nA='b' c\nB=ok\nC=\"open\nD=no"))
                .extracting(EnvironmentNames.Variable::name)
                .contains("A", "B");
        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly(
                        "is not NAME=value (.env line 1)",
                        "is not NAME=value (.env line 2)",
                        "has text behind the closing quote (.env line 3)",
                        "the quote is not closed (.env line 5)");
    }

    @Test
    void shouldReportADuplicateOfOurNamesOnly() {
        read("PATH=a\nPATH=b\nTICKMESH_HTTP_PORT=1\nTICKMESH_HTTP_PORT=2\nFMP_API_KEY=a\nFMP_API_KEY=a\n");

        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly(
                        "duplicate of TICKMESH_HTTP_PORT in line 3 (.env line 4)",
                        "duplicate of FMP_API_KEY in line 5 (.env line 6)");
    }

    @Test
    void shouldSayThatTheLauncherDoesNotReadTheFile() {
        read("TICKMESH_JAVA_OPTS=-Xmx1g");

        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly(
                        "TICKMESH_JAVA_OPTS is read from the environment only, not from this file (.env line 1)");
    }

    @Test
    void shouldSurviveAnyText() {
        Random random = new Random(7);
        String alphabet = "A=\"'\\\n\r# \texport$x\0\uFEFF";
        for (int run = 0; run < 5_000; run++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(read(text.toString())).doesNotContainNull();
        }
    }
}
