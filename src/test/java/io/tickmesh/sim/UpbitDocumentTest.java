package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document names every setting with its default, and every fault. */
class UpbitDocumentTest {
    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\| `([^`]+)` \\|");

    private static String document() throws IOException {
        return Files.readString(Path.of("docs/simulator-upbit.md"));
    }

    @Test
    void shouldDocumentEverySettingWithItsDefault() throws IOException {
        JsonObject documented = new JsonObject();
        for (Matcher found = SETTING.matcher(document().split("## Faults", -1)[0]); found.find(); ) {
            String value = found.group(2);
            boolean json = value.matches("true|false|-?\\d+|\\[.*]");
            documented.mergeIn(
                    new JsonObject("{\"" + found.group(1) + "\":" + (json ? value : '"' + value + '"') + "}"));
        }
        JsonObject defaults = UpbitSimSettings.DEFAULTS.toJson().put("ticks_per_second", 4);

        assertThat(documented.encode()).isEqualTo(defaults.encode());
    }

    @Test
    void shouldDocumentEveryFault() throws IOException {
        String document = document();

        assertThat(new UpbitFaults(new UpbitExchange(UpbitSimSettings.DEFAULTS)).names())
                .hasSizeGreaterThan(10)
                .allSatisfy(each -> assertThat(document).contains('`' + each + '`'));
    }
}
