package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the document says of the KIS simulator. */
class KisDocumentTest {
    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\| `([^`]+)` \\|");
    private static final Pattern FAULT = Pattern.compile("(?m)^curl .*/control/fault/([a-z-]+) -d '(.*)'$");

    private static String document() throws IOException {
        String all = Files.readString(Path.of("docs/simulator.md"));
        int start = all.indexOf("# The KIS simulator\n");
        int end = all.indexOf("\n# The ", start);
        return all.substring(start, end < 0 ? all.length() : end);
    }

    @Test
    void shouldNameEverySettingWithItsDefault() throws IOException {
        JsonObject documented = new JsonObject();
        for (Matcher found = SETTING.matcher(document()); found.find(); ) {
            String value = found.group(2);
            boolean json = value.matches("true|false|-?\\d+|\\[.*]");
            documented.mergeIn(
                    new JsonObject("{\"" + found.group(1) + "\":" + (json ? value : '"' + value + '"') + "}"));
        }

        assertThat(documented.encode())
                .isEqualTo(KisSimSettings.DEFAULTS
                        .toJson()
                        .put("ticks_per_second", 4)
                        .encode());
    }

    @Test
    void shouldShowEveryFaultInACommandThatWorks() throws IOException {
        KisBench bench = new KisBench(KisSimSettings.DEFAULTS);
        Set<String> shown = new TreeSet<>();
        for (Matcher found = FAULT.matcher(document()); found.find(); ) {
            shown.add(found.group(1));
            bench.fault(found.group(1), found.group(2));
        }

        assertThat(shown).isEqualTo(new KisFaults(bench.exchange.hub()).names());
    }
}
