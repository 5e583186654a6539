package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document says nothing that does not work, and leaves nothing out. */
class SimulatorDocumentTest extends SimulatorFixture {
    private static final Pattern CURL =
            Pattern.compile("curl -s(?: -X (\\w+))? '?http://127\\.0\\.0\\.1:8100([^' ]+)'?(?: -d '([^']*)')?");
    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\| `([^`]+)` \\|");

    /** The part on this simulator: from its top heading to the next. */
    private static String document() throws IOException {
        String all = Files.readString(Path.of("docs/simulator.md"));
        int start = all.indexOf("# The FMP simulator\n");
        int end = all.indexOf("\n# The ", start);
        return all.substring(start, end < 0 ? all.length() : end);
    }

    private static List<Matcher> commands() throws IOException {
        return document()
                .lines()
                .filter(line -> line.startsWith("curl"))
                .map(CURL::matcher)
                .toList();
    }

    private HttpResponse<String> run(Matcher command) {
        assertThat(command.matches())
                .as("a curl line of another form: %s", command)
                .isTrue();
        String method = command.group(1) == null ? "GET" : command.group(1);
        return request(method, command.group(2), command.group(3) == null ? "" : command.group(3));
    }

    @Test
    void shouldAnswerEveryCommandOfTheDocument() throws IOException {
        FmpClient.loggedIn(simulator.url("stock"));
        List<Matcher> commands = commands();
        assertThat(commands).hasSizeGreaterThan(30);
        for (Matcher command : commands) {
            HttpResponse<String> response = run(command);
            assertThat(response.statusCode())
                    .as("%s: %s", command.group(), response.body())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldDocumentEverySettingWithItsDefault() throws IOException {
        JsonObject documented = new JsonObject();
        for (Matcher found = SETTING.matcher(document()); found.find(); ) {
            String value = found.group(2);
            boolean json = value.matches("true|false|-?\\d+|\\[.*]");
            documented.mergeIn(
                    new JsonObject("{\"" + found.group(1) + "\":" + (json ? value : '"' + value + '"') + "}"));
        }
        JsonObject defaults = FmpSimSettings.DEFAULTS.toJson();
        defaults.put("ticks_per_second", 4);

        assertThat(documented.encode()).isEqualTo(defaults.encode());
    }

    @Test
    void shouldShowEverySettingAndFaultInACommand() throws IOException {
        Set<String> settings = new TreeSet<>();
        Set<String> faults = new TreeSet<>();
        for (Matcher command : commands()) {
            assertThat(command.matches()).isTrue();
            String path = command.group(2);
            if ("PATCH".equals(command.group(1))) {
                settings.addAll(new JsonObject(command.group(3)).fieldNames());
            } else if (path.startsWith("/control/fault/")) {
                faults.add(path.substring("/control/fault/".length()));
            }
        }

        assertThat(settings)
                .isEqualTo(new TreeSet<>(FmpSimSettings.DEFAULTS.toJson().fieldNames()));
        assertThat(faults).isEqualTo(new FmpFaults(List.of()).names());
    }
}
