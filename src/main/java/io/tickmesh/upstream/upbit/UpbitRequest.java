package io.tickmesh.upstream.upbit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/** Writes requests; each names the format, which Upbit otherwise sets back for the whole connection. */
final class UpbitRequest {
    private static final JsonFactory WRITER = new JsonFactory();

    private final String ticket;

    UpbitRequest(String ticket) {
        this.ticket = ticket;
    }

    /** Asks for public types; what goes on brings no second snapshot. */
    String of(Collection<UpbitUnion.Part> parts) {
        return write("SIMPLE", json -> {
            for (UpbitUnion.Part each : parts) {
                writeType(json, each, each.beginning, "");
                writeType(json, each, each.going, "is_only_realtime");
            }
        });
    }

    /** Ends all public streams: Upbit knows no empty request, so this asks for a single frame instead. */
    String endOfPublic(String market) {
        UpbitUnion.Part ticker = new UpbitUnion.Part("ticker", "");
        return write("SIMPLE", json -> writeType(json, ticker, List.of(market), "is_only_snapshot"));
    }

    /** Asks for all private types, with names that speak: they are handed on as they are. */
    String ofPrivate() {
        return write("DEFAULT", json -> {
            writeWhole(json, "myOrder", "");
            writeWhole(json, "myAsset", "");
        });
    }

    /** Ends all private streams: a type that has no snapshot, asked for its snapshot only. */
    String endOfPrivate() {
        return write("DEFAULT", json -> writeWhole(json, "myOrder", "is_only_snapshot"));
    }

    private static void writeWhole(JsonGenerator json, String type, String flag) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        if (!flag.isEmpty()) {
            json.writeBooleanField(flag, true);
        }
        json.writeEndObject();
    }

    private static void writeType(JsonGenerator json, UpbitUnion.Part part, List<String> codes, String flag)
            throws IOException {
        if (codes.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("type", part.type);
        json.writeArrayFieldStart("codes");
        for (String code : codes) {
            json.writeString(code);
        }
        json.writeEndArray();
        if (!part.level.isEmpty()) {
            json.writeFieldName("level");
            json.writeNumber(part.level);
        }
        if (!flag.isEmpty()) {
            json.writeBooleanField(flag, true);
        }
        json.writeEndObject();
    }

    /** The objects between ticket and format. */
    private interface Types {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private String write(String format, Types types) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = WRITER.createGenerator(out)) {
            json.writeStartArray();
            json.writeStartObject();
            json.writeStringField("ticket", ticket);
            json.writeEndObject();
            types.writeTo(json);
            json.writeStartObject();
            json.writeStringField("format", format);
            json.writeEndObject();
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
