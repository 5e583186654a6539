package io.tickmesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlFileTest {
    private static final List<String> PIECES = List.of(
            "http",
            "feeds",
            "fmp",
            "port",
            "api_key",
            "members",
            "cluster",
            ":",
            ": ",
            "\n",
            "\n  ",
            "\n    ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "\"",
            "'",
            "&a",
            "*a",
            "!t",
            "!!int",
            "|",
            ">",
            "#",
            "%",
            "@",
            "`",
            "?",
            "? ",
            "---",
            "...",
            "~",
            "null",
            "8000",
            "\t",
            "\0",
            "\uD800",
            "\u0085",
            "<<",
            "%YAML 9.9\n---\n");

    private final List<Problem> problems = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "# only a comment\n", "---\n", "---\n...\n", "~", "null", "http:\n", "http: {port: }"})
    void shouldTakeNothingFromAFileWithoutValues(String text) {
        assertThat(YamlFile.read("f", text, problems).settings()).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldKeepTextAsItIsWritten() {
        YamlFile.Content content =
                YamlFile.read("f", "node: {name: 0x10}\ncluster:\n  name: 1_000\n  voters: [yes, 'null']", problems);

        assertThat(content.settings())
                .containsExactly(
                        new Setting("node.name", "0x10", "f line 1"),
                        new Setting("cluster.name", "1_000", "f line 3"),
                        new Setting("cluster.voters", "yes,null", "f line 4"));
    }

    @Test
    void shouldSurviveAnyText() {
        Random random = new Random(11);
        for (int run = 0; run < 5_000; run++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(25); i > 0; i--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String junk = text.toString();
            assertThatCode(() -> load(junk)).as(junk).doesNotThrowAnyException();
        }
    }

    private static void load(String text) {
        List<Problem> problems = new ArrayList<>();
        YamlFile.Content content = YamlFile.read("f", text, problems);
        List<String> ids = new ArrayList<>(FeedKeys.BUILT_IN);
        ids.addAll(content.feedIds());
        Values values = new Values(new KeyTable(ids), problems);
        content.settings().forEach(values::put);
    }

    @Test
    void shouldSurviveDeepNesting() {
        for (String opening : List.of("[", "{a: ", "{http: ", "- ", "? ")) {
            String text = opening.repeat(5_000);

            YamlFile.Content content = YamlFile.read("f", text, problems);

            assertThat(content.settings()).isEmpty();
        }
        assertThat(problems).isNotEmpty();
    }
}
