package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.CommandLine.Command;
import io.tickmesh.config.Assignment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {
    private static CommandLine parse(String... args) {
        return ((CommandLine.Outcome.Understood) CommandLine.parse(args)).commandLine();
    }

    private static String wrong(String... args) {
        return ((CommandLine.Outcome.Wrong) CommandLine.parse(args)).text();
    }

    @ParameterizedTest
    @CsvSource({
        "'', START",
        "start, START",
        "sim, SIM",
        "check, CHECK",
        "--help, HELP",
        "-h, HELP",
        "--version, VERSION",
        "check --help, HELP",
        "--version --help, VERSION",
        "sim sim, SIM"
    })
    void shouldKnowTheCommands(String line, Command command) {
        String[] args = line.isEmpty() ? new String[0] : line.split(" ");

        assertThat(parse(args)).isEqualTo(new CommandLine(command, null, List.of()));
    }

    @Test
    void shouldReadOptionsInEitherForm() {
        CommandLine expected = new CommandLine(
                Command.CHECK,
                "a b.yaml",
                List.of(
                        new Assignment("http.port", "8001", "--port"),
                        new Assignment("node.name", "x=y", "--set"),
                        new Assignment("feeds.fmp.api_key", "", "--set")));

        assertThat(parse(
                        "--conf",
                        "a b.yaml",
                        "check",
                        "--port",
                        "8001",
                        "--set",
                        "node.name=x=y",
                        "--set",
                        "feeds.fmp.api_key="))
                .isEqualTo(expected);
        assertThat(parse("check", "--port=8001", "--set=node.name=x=y", "--conf=a b.yaml", "--set=feeds.fmp.api_key="))
                .isEqualTo(expected);
    }

    @Test
    void shouldReadWhatToRecord() {
        assertThat(parse("record", "sim", "a b.txt")).isEqualTo(record(List.of(), 0, 0));
        assertThat(parse("record", "--topics=x/y:z, ,v/w:u", "sim", "--seconds", "3", "a b.txt", "--frames=4"))
                .isEqualTo(record(List.of("x/y:z", "v/w:u"), 3, 4));
        assertThat(parse("record", "--help").command()).isEqualTo(Command.HELP);
        assertThat(CommandLine.HELP).contains("\n  record FEED FILE ");
    }

    private static CommandLine record(List<String> topics, long seconds, long frames) {
        RecordOrder order = new RecordOrder("sim", Path.of("a b.txt"), topics, seconds, frames);
        return new CommandLine(Command.RECORD, null, List.of(), order);
    }

    @Test
    void shouldLeaveJudgingValuesToTheLoader() {
        assertThat(parse("--port", "-1").assignments()).containsExactly(new Assignment("http.port", "-1", "--port"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prot 1 | unknown option --prot, the nearest known one is --port; see --help",
                "-x | unknown option -x, the nearest known one is --set; see --help",
                "--api-key=s3cr3t | unknown option --api-key, the nearest known one is --frames; see --help",
                "strat | unknown command strat, the nearest known one is start; see --help",
                "check s3cr3t | unknown command, the nearest known one is start; see --help",
                "--port | --port needs a number; see --help",
                "--port --set a=b | --port needs a number; see --help",
                "--conf= | --conf needs a file; see --help",
                "--conf a --conf b | --conf is given twice; see --help",
                "--set | --set needs PATH=VALUE; see --help",
                "--set s3cr3t | --set needs PATH=VALUE; see --help",
                "--set =s3cr3t | --set needs PATH=VALUE; see --help",
                "--help=me | --help takes no value; see --help",
                "record | record needs a FEED and a FILE; see --help",
                "record fmp | record needs a FEED and a FILE; see --help",
                "record fmp a b | record takes one FEED and one FILE; see --help",
                "record fmp a --frames 0 | --frames needs a number from 1 to 999999999; see --help",
                "record fmp a --seconds 1h | --seconds needs a number from 1 to 999999999; see --help",
                "record fmp a --topics , | --topics needs topics like trade/fmp:AAPL; see --help",
                "record fmp a --topics | --topics needs topics like trade/fmp:AAPL; see --help",
                "sim --frames 3 | --frames belongs to record; see --help",
                "sim check | only one command can be given; see --help",
            })
    void shouldSayInOneLineWhatIsWrong(String line, String text) {
        assertThat(wrong(line.split(" "))).isEqualTo(text).doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start",
                "sim",
                "check",
                "--conf",
                "--port",
                "--set",
                "--topics",
                "--seconds",
                "--frames",
                "--help",
                "--version"
            })
    void shouldExplainEverythingThatItKnows(String word) {
        assertThat(CommandLine.HELP).containsPattern("(?m)^  " + word + " ");
        if (!word.startsWith("--") || word.equals("--help") || word.equals("--version")) {
            parse(word);
        } else if (List.of("--topics", "--seconds", "--frames").contains(word)) {
            parse("record", "fmp", "f", word, "7");
        } else {
            parse(word, "x=y");
        }
    }

    @Test
    void shouldSayWhereTheDocumentsAre() {
        assertThat(CommandLine.HELP).contains("docs/configuration.md").contains("conf/tickmesh.yaml");
        assertThat(Path.of("docs/configuration.md")).exists();
        assertThat(Path.of("conf/tickmesh.yaml")).exists();
    }

    @Test
    void shouldHandOnWhatTheLoaderNeeds() {
        var inputs = parse("--conf", "f", "--port", "1").inputs(Map.of("A", "b"), Path.of("/d"), 7);

        assertThat(inputs.confFile()).isEqualTo("f");
        assertThat(inputs.assignments()).hasSize(1);
        assertThat(inputs.environment()).containsExactly(Map.entry("A", "b"));
        assertThat(inputs.directory()).isEqualTo(Path.of("/d"));
        assertThat(inputs.pid()).isEqualTo(7);
    }

    @Test
    void shouldNotPrintWhatIsSet() {
        assertThat(CommandLine.parse("--set", "feeds.fmp.api_key=s3cr3t").toString())
                .doesNotContain("s3cr3t");
    }
}
