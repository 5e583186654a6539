package io.tickmesh.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What figures depend on besides the code. */
final class Machine {
    private Machine() {}

    private static List<Map.Entry<String, String>> traits(double loadBefore) {
        return List.of(
                Map.entry("Java", Runtime.version().toString()),
                Map.entry("processors", Integer.toString(Runtime.getRuntime().availableProcessors())),
                Map.entry("Linux", System.getProperty("os.version")),
                Map.entry("load before", Double.toString(loadBefore)),
                Map.entry("load after", Double.toString(Usage.load())));
    }

    static String text(double loadBefore) {
        return traits(loadBefore).stream()
                .map(each -> each.getKey() + ' ' + each.getValue())
                .collect(Collectors.joining(", "));
    }

    static JsonObject json(double loadBefore) {
        JsonObject machine = new JsonObject();
        traits(loadBefore)
                .forEach(
                        each -> machine.put(each.getKey().replace(' ', '_').toLowerCase(Locale.ROOT), each.getValue()));
        return machine;
    }
}
