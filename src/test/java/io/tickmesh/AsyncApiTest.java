package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.client.CloseReason;
import io.tickmesh.sim.FmpSimSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Sends every sample of the AsyncAPI file that the node serves, and holds the answers against it. */
final class AsyncApiTest {
    private static final Path SAMPLES = Path.of("src/test/resources/protocol");

    @Test
    void shouldAnswerEverySampleAsDescribed() throws IOException {
        Set<String> sent = new TreeSet<>();
        try (NodeUnderTest node = new NodeUnderTest(FmpSimSettings.DEFAULTS, "feeds.kis.mode=sim")) {
            JsonObject described = served(node);
            for (String channel : described.getJsonObject("channels").fieldNames()) {
                try (SocketClient client = connect(node, described, channel)) {
                    operations(described, channel).forEach(name -> {
                        JsonObject operation =
                                described.getJsonObject("operations").getJsonObject(name);
                        Path sample = SAMPLES.resolve(name.replace('.', '/') + ".json");
                        JsonObject request = example(message(described, operation));
                        assertThat(read(sample)).as(name).isEqualTo(request);
                        client.sendExactly(request.encode());
                        client.next(typeOf(message(described, operation.getJsonObject("reply"))));
                        sent.add(sample.toString());
                    });
                }
            }
        }
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            List<String> all = files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .sorted()
                    .toList();
            assertThat(sent).containsExactlyElementsOf(all);
        }
    }

    @Test
    void shouldReferToWhatIsThere() {
        JsonObject described = parse(read("src/main/resources/asyncapi.yaml"));
        assertThat(described.getString("asyncapi")).isEqualTo("3.0.0");
        references(described)
                .forEach(each -> assertThat(resolve(described, each)).as(each).isNotNull());
    }

    @Test
    void shouldSayWhyASocketIsClosed() {
        String described = parse(read("src/main/resources/asyncapi.yaml"))
                .getJsonObject("info")
                .getString("description");
        for (CloseReason reason : CloseReason.values()) {
            assertThat(described).as(reason.name()).contains("- " + reason.code() + ": ");
        }
    }

    private static JsonObject served(NodeUnderTest node) {
        String text = node.get("/asyncapi.yaml").body();
        assertThat(text).isEqualTo(read("src/main/resources/asyncapi.yaml"));
        return parse(text);
    }

    private static SocketClient connect(NodeUnderTest node, JsonObject described, String channel) {
        String address =
                described.getJsonObject("channels").getJsonObject(channel).getString("address");
        return new SocketClient(URI.create("ws"
                + node.uri(address.replace("{client_id}", "sampler")).toString().substring(4)));
    }

    private static List<String> operations(JsonObject described, String channel) {
        JsonObject operations = described.getJsonObject("operations");
        return operations.fieldNames().stream()
                .filter(name -> name.startsWith(channel + '.'))
                .filter(name ->
                        operations.getJsonObject(name).getString("action").equals("receive"))
                .toList();
    }

    private static JsonObject message(JsonObject described, JsonObject operation) {
        String reference = operation.getJsonArray("messages").getJsonObject(0).getString("$ref");
        return resolve(described, resolve(described, reference).getString("$ref"));
    }

    private static JsonObject example(JsonObject message) {
        return message.getJsonArray("examples").getJsonObject(0).getJsonObject("payload");
    }

    private static String typeOf(JsonObject message) {
        return message.getJsonObject("payload")
                .getJsonObject("properties")
                .getJsonObject("type")
                .getString("const");
    }

    private static JsonObject resolve(JsonObject described, String reference) {
        JsonObject found = described;
        for (String step : List.of(reference.substring(2).split("/", -1))) {
            found = found.getJsonObject(step);
        }
        return found;
    }

    private static Set<String> references(Object part) {
        Set<String> found = new TreeSet<>();
        if (part instanceof JsonObject object) {
            object.forEach(member -> {
                if (member.getKey().equals("$ref")) {
                    found.add(String.valueOf(member.getValue()));
                } else {
                    found.addAll(references(member.getValue()));
                }
            });
        } else if (part instanceof JsonArray array) {
            array.forEach(each -> found.addAll(references(each)));
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static JsonObject parse(String yaml) {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return new JsonObject((Map<String, Object>) loaded);
    }

    private static JsonObject read(Path file) {
        return new JsonObject(read(file.toString()));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
