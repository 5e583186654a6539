package io.tickmesh.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the documents against the table of keys; {@code -Dtickmesh.write} writes the generated parts anew. */
final class DocumentsTest {
    private static final Path SAMPLE = Path.of("conf/tickmesh.yaml");
    private static final Path GUIDE = Path.of("docs/configuration.md");
    private static final Path DOT_ENV = Path.of(".env.example");
    private static final String START =
            "<!-- generated from the table of keys: mvn test -Dtest=DocumentsTest -Dtickmesh.write -->\n";
    private static final String END = "<!-- end of the generated part -->\n";
    private static final KeyTable KEYS = KeyTable.ofBuiltInFeeds();

    @TempDir
    private Path directory;

    @Test
    void shouldListEveryKeyInTheSample() throws IOException {
        YamlText text = new YamlText();
        for (Key<?> key : KEYS.all()) {
            text.comment(key.path(), key.says());
            text.add(key.path(), fallback(key), "");
        }
        String expected =
                "# Every key with its default. A copy needs to hold only what differs; see docs/configuration.md.\n"
                        + text.toString().replaceAll("(?m)^(?=[a-z])", "\n");

        hold(SAMPLE, expected);
    }

    private static <T> String fallback(Key<T> key) {
        return YamlText.value(key, key.fallback());
    }

    @Test
    void shouldChangeNothingByTheSample() throws IOException {
        Given given = new Given(directory).confFile(SAMPLE.toAbsolutePath().toString());

        assertThat(given.config()).isEqualTo(new Given(directory).config());
        assertThat(given.accepted().effective().print())
                .isEqualTo(new Given(directory).accepted().effective().print());
    }

    @Test
    void shouldDescribeEveryKeyInTheGuide() throws IOException {
        String guide = Files.readString(GUIDE);
        int start = guide.indexOf(START) + START.length();
        int end = guide.indexOf(END);

        hold(GUIDE, guide.substring(0, start) + '\n' + tables() + '\n' + guide.substring(end));
    }

    private static String tables() {
        StringBuilder text = new StringBuilder("| Key | Default | Must be | What it is |\n| --- | --- | --- | --- |\n");
        Keys.ALL.forEach(key -> row(text, key, key.path()));
        FeedKeys fmp = FeedKeys.of("fmp");
        fmp.all().forEach(key -> row(text, key, key.path().replace("feeds.fmp.", "feeds.<id>.")));
        FeedKeys.of("other").credentials().stream()
                .filter(key -> fmp.credentials().stream()
                        .noneMatch(known -> name(known).equals(name(key))))
                .forEach(key -> row(text, key, "feeds.<id>." + name(key)));
        text.append("\nBuilt-in feeds; the defaults above are those of `fmp`:\n\n");
        text.append("| Feed | Pool | `url` |\n| --- | --- | --- |\n");
        for (FeedKeys feed : KEYS.feeds()) {
            String asset =
                    feed.asset().fallback() == null ? "" : "." + feed.asset().fallback();
            text.append("| `" + feed.id() + "` | `" + feed.provider().fallback() + asset + "` | `"
                    + feed.url().fallback() + "` |\n");
        }
        text.append("\nThe contracts' own variables, each for all feeds of its provider:\n\n");
        text.append("| Variable | Key |\n| --- | --- |\n");
        new TreeMap<>(ContractNames.WITH_EFFECT)
                .forEach((name, target) ->
                        text.append("| `" + name + "` | `" + target.key() + "` of `" + target.provider() + "` |\n"));
        text.append(
                "\nThose of the channel service and of Redis, times in seconds:\n\n| Variable | Key |\n| --- | --- |\n");
        new TreeMap<>(ContractNames.OF_CHANNELS)
                .forEach((name, whole) -> text.append("| `" + name + "` | `" + whole.path() + "` |\n"));
        text.append("\nKnown, and without effect in this version: ");
        text.append(String.join(
                ", ",
                ContractNames.WITHOUT_EFFECT.stream()
                        .map(name -> '`' + name + '`')
                        .toList()));
        return text.append(".\n").toString();
    }

    private static String name(Key<?> key) {
        return key.path().substring(key.path().lastIndexOf('.') + 1);
    }

    private static void row(StringBuilder text, Key<?> key, String path) {
        String fallback = key.fallbackText().isEmpty() ? "" : '`' + key.fallbackText() + '`';
        text.append("| `" + path + "` | " + fallback + " | " + key.type().mustBe() + " | " + key.says() + " |\n");
    }

    private static void hold(Path file, String expected) throws IOException {
        if (System.getProperty("tickmesh.write") != null) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file))
                .as(file + " is out of date; write it with -Dtickmesh.write")
                .isEqualTo(expected);
    }

    @Test
    void shouldDescribeEveryKeyInOneShortLine() {
        assertThat(KEYS.all())
                .allSatisfy(key -> assertThat(key.says()).as(key.path()).matches("[A-Z`][^\n|]{5,90}\\."));
    }

    @Test
    void shouldRunTheExamplesOfTheGuide() throws IOException {
        List<String> commands = blocks("sh").stream().flatMap(String::lines).toList();

        assertThat(commands).hasSizeGreaterThan(3);
        for (String command : commands) {
            assertThat(run(command).problems()).as(command).isEmpty();
        }
    }

    @Test
    void shouldReadTheFilesOfTheGuide() throws IOException {
        assertThat(blocks("yaml"))
                .isNotEmpty()
                .allSatisfy(text ->
                        assertThat(new Given(directory).conf(text).problems()).isEmpty());
        assertThat(blocks("ini"))
                .isNotEmpty()
                .allSatisfy(text ->
                        assertThat(new Given(directory).dotEnv(text).problems()).isEmpty());
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    /** A line such as {@code A=b bin/tickmesh check --set c=d}; a file of {@code --conf} is the sample. */
    private Given run(String command) {
        List<String> words = new ArrayList<>(Arrays.asList(command.split(" +")));
        Given given = new Given(directory);
        while (!words.get(0).contains("tickmesh")) {
            String[] variable = words.remove(0).split("=", 2);
            given.env(variable[0], variable[1]);
        }
        assertThat(words.remove(0)).isEqualTo("bin/tickmesh");
        for (int i = 0; i + 1 < words.size(); i++) {
            String value = words.get(i + 1);
            switch (words.get(i)) {
                case "--set" -> given.set(value.split("=", 2)[0], value.split("=", 2)[1]);
                case "--port" -> given.port(value);
                case "--conf" -> given.confFile(SAMPLE.toAbsolutePath().toString());
                default -> assertThat(words.get(i)).doesNotStartWith("--");
            }
        }
        return given;
    }

    @Test
    void shouldAcceptTheDotEnvExampleAsItIsAndWithEveryLineOn() throws IOException {
        String text = Files.readString(DOT_ENV);
        String on = text.replaceAll("(?m)^#(?=[A-Z_]+=)", "");

        assertThat(new Given(directory).dotEnv(text).problems()).isEmpty();
        assertThat(new Given(directory).dotEnv(on).problems()).isEmpty();
        assertThat(on).contains("\nTICKMESH_HTTP_PORT=8000\n").contains("\nFMP_API_KEY=\n");
        assertThat(ContractNames.effective()).allSatisfy(name -> assertThat(on).contains('\n' + name + '='));
        assertThat(ContractNames.WITHOUT_EFFECT)
                .allSatisfy(name -> assertThat(on).contains('\n' + name + '='));
    }
}
