package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickmesh.upstream.JsonReader.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private final JsonReader json = new JsonReader();

    private void reset(String text) {
        byte[] bytes = (text + "]garbage").getBytes(StandardCharsets.UTF_8);
        json.reset(bytes, bytes.length - "]garbage".length());
    }

    private List<String> tokens(String text) throws JsonFault {
        reset(text);
        List<String> all = new ArrayList<>();
        for (Token token = json.next(); token != Token.END; token = json.next()) {
            boolean hasText = token == Token.NAME || token == Token.STRING || token == Token.NUMBER;
            all.add(hasText ? token + " " + json.text() : token.toString());
        }
        return all;
    }

    @Test
    void shouldReadEveryToken() throws JsonFault {
        assertThat(tokens(" {\"a\" : [1, -2.5e+3,true ,false,null, \"x\"],\"b\":{},\"c\":[]}\n"))
                .containsExactly(
                        "OBJECT",
                        "NAME a",
                        "ARRAY",
                        "NUMBER 1",
                        "NUMBER -2.5e+3",
                        "TRUE",
                        "FALSE",
                        "NULL",
                        "STRING x",
                        "END_ARRAY",
                        "NAME b",
                        "OBJECT",
                        "END_OBJECT",
                        "NAME c",
                        "ARRAY",
                        "END_ARRAY",
                        "END_OBJECT");
    }

    @Test
    void shouldReadNumberedStringsInOneGo() throws JsonFault {
        reset("{\"10\":\"+70700\",\"0311\":\"\",\"9\":\"9\"}");
        assertThat(json.numberedString()).isEqualTo(-1);
        json.next();
        assertThat(json.numberedString()).isEqualTo(10);
        assertThat(json.text()).isEqualTo("+70700");
        assertThat(json.numberedString()).isEqualTo(311);
        assertThat(json.text()).isEmpty();
        assertThat(json.next()).isEqualTo(Token.NAME);
        assertThat(json.text()).isEqualTo("9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"12345\":\"12345\"}",
                "{\"\":\"12345678\"}",
                "{\"1a\":\"12345678\"}",
                "{\"10\" :\"1234567\"}",
                "{\"10\": \"1234567\"}",
                "{ \"10\":\"1234567\"}",
                "{\"10\":\"12\\n4567\"}",
                "{\"10\":12345678}",
                "[\"10\",\"12345678\"]"
            })
    void shouldLeaveWhatIsWrittenInAnotherWayToBeReadAsUsual(String text) throws JsonFault {
        List<String> usual = tokens(text);
        reset(text);
        json.next();
        assertThat(json.numberedString()).isEqualTo(-1);
        List<String> rest = new ArrayList<>();
        for (Token token = json.next(); token != Token.END; token = json.next()) {
            boolean hasText = token == Token.NAME || token == Token.STRING || token == Token.NUMBER;
            rest.add(hasText ? token + " " + json.text() : token.toString());
        }
        assertThat(rest).isEqualTo(usual.subList(1, usual.size()));
    }

    @Test
    void shouldReadEscapesAndOtherAlphabets() throws JsonFault {
        assertThat(tokens("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\uac00\\ud83d\\ude00 삼성 \uD83D\uDE00\""))
                .containsExactly("STRING \"\\/\b\f\n\r\t가\uD83D\uDE00 삼성 \uD83D\uDE00");
    }

    @Test
    void shouldReadDocumentsThatFollowEachOther() throws JsonFault {
        assertThat(tokens("{}[] 1 \"a\"true null{}"))
                .containsExactly(
                        "OBJECT",
                        "END_OBJECT",
                        "ARRAY",
                        "END_ARRAY",
                        "NUMBER 1",
                        "STRING a",
                        "TRUE",
                        "NULL",
                        "OBJECT",
                        "END_OBJECT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t\r"})
    void shouldFindNothingInNothing(String text) throws JsonFault {
        assertThat(tokens(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[",
                "[1",
                "[1,",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "\"a",
                "\"\\",
                "\"\\u12",
                "tru",
                "}",
                "]",
                "[}",
                "{]",
                "[1}",
                "{\"a\":1]",
                "[1,]",
                "{\"a\":1,}",
                "[,1]",
                "{,}",
                "[1 2]",
                "{\"a\" 1}",
                "{\"a\":}",
                "{1:2}",
                "{a:1}",
                "{'a':1}",
                "['a']",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"a\nb\"",
                "\"\u0000\"",
                "01",
                "-",
                "-01",
                "1.",
                ".5",
                "+1",
                "1e",
                "1e+",
                "1.e3",
                "0x1",
                "1a",
                "NaN",
                "Infinity",
                "1_0",
                "--1",
                "True",
                "nul1",
                "truex",
                "true1",
                "nullnull",
                "1\"a\"",
                "1{}",
                "[1]2[",
                ":",
                ",",
                "1,2",
                "\uFEFF{}"
            })
    void shouldRefuseWhatIsNotJson(String text) {
        assertThatThrownBy(() -> tokens(text)).isInstanceOf(JsonFault.class);
    }

    @ParameterizedTest
    @CsvSource({"16,false", "17,true", "400,true"})
    void shouldRefuseToGoTooDeep(int depth, boolean refused) throws JsonFault {
        String nested = "[".repeat(depth) + "]".repeat(depth);
        if (refused) {
            assertThatThrownBy(() -> tokens(nested)).hasMessage("nested deeper than 16");
        } else {
            assertThat(tokens(nested)).hasSize(2 * depth);
        }
    }

    @Test
    void shouldRefuseVeryLongNumbers() throws JsonFault {
        assertThat(tokens("1".repeat(64))).hasSize(1);
        assertThatThrownBy(() -> tokens("1".repeat(65))).isInstanceOf(JsonFault.class);
    }

    @Test
    void shouldSkipWhatIsNotWanted() throws JsonFault {
        reset("{\"a\":{\"b\":[1,{\"c\":2}]},\"d\":[[]],\"e\":5,\"f\":6}");
        json.next();
        json.next();
        json.skipValue();
        json.next();
        json.next();
        json.skipChildren();
        json.next();
        json.skipValue();
        assertThat(json.next()).isEqualTo(Token.NAME);
        assertThat(json.is("f")).isTrue();
        json.next();
        json.skipChildren();
        assertThat(json.next()).isEqualTo(Token.END_OBJECT);
        assertThat(json.next()).isEqualTo(Token.END);
    }

    @Test
    void shouldRefuseABrokenPartThatIsSkipped() throws JsonFault {
        reset("{\"a\":[1,{\"b\":}],\"c\":1}");
        json.next();
        json.next();

        assertThatThrownBy(json::skipValue).isInstanceOf(JsonFault.class);
    }

    @Test
    void shouldStartAfreshAfterAFault() throws JsonFault {
        assertThatThrownBy(() -> tokens("[[[{\"a\\n\":1x")).isInstanceOf(JsonFault.class);

        assertThat(tokens("{\"b\":2}")).containsExactly("OBJECT", "NAME b", "NUMBER 2", "END_OBJECT");
    }

    @Test
    void shouldCompareNamesByTheirBytes() throws JsonFault {
        JsonNames names = new JsonNames("price", "p", "", "size");
        reset("{\"size\":1,\"\":2,\"p\":3,\"price\":4,\"prices\":5,\"Price\":6,\"\\u0070\":7,\"가\":8}");
        List<Integer> numbers = new ArrayList<>();
        json.next();
        while (json.next() == Token.NAME) {
            numbers.add(json.in(names));
            assertThat(json.is("price")).isEqualTo(json.in(names) == 0);
            json.skipValue();
        }

        assertThat(numbers).containsExactly(3, 2, 1, 0, -1, -1, -1, -1);
    }

    @Test
    void shouldFindEachOfManyNames() {
        String[] all = new String[200];
        for (int i = 0; i < all.length; i++) {
            all[i] = "name" + i * 31;
        }
        JsonNames names = new JsonNames(all);
        for (int i = 0; i < all.length; i++) {
            byte[] name = all[i].getBytes(StandardCharsets.US_ASCII);
            assertThat(names.numberOf(name, 0, name.length)).isEqualTo(i);
        }
        assertThat(names.numberOf(new byte[] {'n'}, 0, 1)).isEqualTo(-1);
    }

    @Test
    void shouldReadNumbersFromNumbersAndStrings() throws JsonFault {
        Digits digits = new Digits();
        reset("[-1.5,\" +70700\",\"\",\"x\"]");
        json.next();
        json.next();
        assertThat(json.digits(digits)).isTrue();
        assertThat(digits.decimal()).hasToString("-1.5");
        json.next();
        assertThat(json.digits(digits)).isTrue();
        assertThat(digits.decimal()).hasToString("70700");
        json.next();
        assertThat(json.digits(digits)).isTrue();
        assertThat(digits.present()).isFalse();
        json.next();
        assertThat(json.digits(digits)).isFalse();
    }
}
