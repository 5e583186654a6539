package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tickmesh.upstream.JsonReader.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares with another reader of JSON: both read the same tokens, or both refuse. */
class JsonReaderFuzzTest {
    private static final int DEEPEST = 16;
    private static final int LONGEST_NUMBER = 64;

    private static final List<String> DOCUMENTS = List.of(
            "{\"trnm\":\"REAL\",\"data\":[{\"type\":\"0B\",\"item\":\"005930\",\"values\":{\"10\":\"-70700\",\"15\":\" 3\"}}]}",
            "{\"a\":1,\"b\":-0.5e-3,\"c\":[true,false,null,{}],\"\":\"\",\"d\":[[],[[1]]]}",
            "[0,-0,10,1.5,1E5,2e-7,123456789012345678901234567890,\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"]",
            " { \"space\" : [ 1 , 2 ] } ",
            "{} [] 1 \"two\" true null {\"three\":3}",
            "[\"삼성전자\",\"é\uD83D\uDE00\"]",
            "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]",
            "true",
            "\"text\"",
            "-12.75");

    private final JsonFactory factory = new JsonFactory();
    private final JsonReader reader = new JsonReader();

    /** Set where Jackson met what JsonReader refuses by its own limits. */
    private boolean beyondLimits;

    @Test
    void shouldReadAsJacksonDoes() {
        FrameMutator mutator = new FrameMutator(DOCUMENTS, 20_261_121);
        int accepted = 0;
        for (int i = 0; i < FrameMutator.FRAMES; i++) {
            byte[] document = mutator.next();
            String latin = new String(document, StandardCharsets.ISO_8859_1);
            @Nullable List<String> expected = withJackson(latin);
            @Nullable List<String> actual = withReader(document);
            if (beyondLimits) {
                assertThat(actual).as(latin).isNull();
            } else {
                assertThat(actual).as(latin).isEqualTo(expected);
                accepted += actual == null ? 0 : 1;
            }
        }
        assertThat(accepted).isBetween(FrameMutator.FRAMES / 4, FrameMutator.FRAMES * 3 / 4);
    }

    /** Read from characters that are the bytes, so that neither side minds what is not UTF-8. */
    private @Nullable List<String> withJackson(String latin) {
        List<String> tokens = new ArrayList<>();
        int depth = 0;
        beyondLimits = false;
        try (JsonParser parser = factory.createParser(latin)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                beyondLimits |= depth > DEEPEST || (token.isNumeric() && parser.getTextLength() > LONGEST_NUMBER);
                tokens.add(nameOf(token) + textOf(parser, token));
            }
            return tokens;
        } catch (IOException refused) {
            return null;
        }
    }

    private static String textOf(JsonParser parser, JsonToken token) throws IOException {
        boolean hasText = token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING || token.isNumeric();
        return hasText ? ' ' + parser.getText() : "";
    }

    private static String nameOf(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "OBJECT";
            case END_OBJECT -> "END_OBJECT";
            case START_ARRAY -> "ARRAY";
            case END_ARRAY -> "END_ARRAY";
            case FIELD_NAME -> "NAME";
            case VALUE_STRING -> "STRING";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "NUMBER";
            case VALUE_TRUE -> "TRUE";
            case VALUE_FALSE -> "FALSE";
            case VALUE_NULL -> "NULL";
            default -> throw new IllegalStateException(token.toString());
        };
    }

    private @Nullable List<String> withReader(byte[] document) {
        List<String> tokens = new ArrayList<>();
        try {
            reader.reset(document, document.length);
            while (true) {
                if (reader.numberedString() >= 0) {
                    tokens.add("NAME " + nameBefore(document, reader.start()));
                    tokens.add("STRING " + latinText());
                    continue;
                }
                Token token = reader.next();
                if (token == Token.END) {
                    return tokens;
                }
                boolean hasText = token == Token.NAME || token == Token.STRING || token == Token.NUMBER;
                tokens.add(hasText ? token + " " + latinText() : token.toString());
            }
        } catch (JsonFault refused) {
            return null;
        }
    }

    /** The name, without blanks around it, of the value that begins there. */
    private static String nameBefore(byte[] document, int start) {
        int end = start - 3;
        int from = end;
        while (document[from - 1] != '"') {
            from--;
        }
        return new String(document, from, end - from, StandardCharsets.ISO_8859_1);
    }

    /** The text as Jackson was given it: characters that are bytes, but for those that were escaped. */
    private String latinText() {
        int length = reader.end() - reader.start();
        String raw = new String(reader.bytes(), reader.start(), length, StandardCharsets.ISO_8859_1);
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        byte[] quoted = ('"' + raw + '"').getBytes(StandardCharsets.UTF_8);
        JsonReader again = new JsonReader();
        again.reset(quoted, quoted.length);
        try {
            again.next();
        } catch (JsonFault e) {
            throw new IllegalStateException(e);
        }
        return again.text();
    }
}
