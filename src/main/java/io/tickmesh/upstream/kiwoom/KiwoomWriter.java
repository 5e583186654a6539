package io.tickmesh.upstream.kiwoom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what is sent to Kiwoom. */
final class KiwoomWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private KiwoomWriter() {}

    /** Adds to what is registered; items that are of the same types share a block. */
    static String register(int group, List<String> codes) {
        return control("REG", group, codes, true);
    }

    static String remove(int group, List<String> codes) {
        return control("REMOVE", group, codes, false);
    }

    private static String control(String name, int group, List<String> codes, boolean keepsOthers) {
        Map<List<String>, List<String>> blocks = new LinkedHashMap<>();
        for (String code : codes) {
            blocks.computeIfAbsent(KiwoomCode.types(code), types -> new ArrayList<>())
                    .add(KiwoomCode.item(code));
        }
        return write(json -> {
            json.writeStringField("trnm", name);
            json.writeStringField("grp_no", Integer.toString(group));
            if (keepsOthers) {
                json.writeStringField("refresh", "1");
            }
            json.writeArrayFieldStart("data");
            for (Map.Entry<List<String>, List<String>> block : blocks.entrySet()) {
                json.writeStartObject();
                writeTexts(json, "item", block.getValue());
                writeTexts(json, "type", block.getKey());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** An object of names and texts by turns. */
    static String object(String... namesAndTexts) {
        return write(json -> {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                json.writeStringField(namesAndTexts[i], namesAndTexts[i + 1]);
            }
        });
    }

    /** The fields of an object. */
    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static String write(Fields fields) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
