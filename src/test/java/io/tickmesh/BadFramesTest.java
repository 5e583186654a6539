package io.tickmesh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that are no WebSocket frames, or odd ones, at every door: the right close code, and nobody else notices. */
final class BadFramesTest {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int FINAL = 0x80;
    private static final int LIMIT = 262_144;

    private static NodeUnderTest node;
    private static LoggedFailures failures;

    /** What is sent, and the code of the Close frame that answers it. */
    private record Attack(String name, int closeCode, List<byte[]> frames) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Attack attack(String name, int closeCode, byte[]... frames) {
        return new Attack(name, closeCode, List.of(frames));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] frame(int first, String payload) {
        return RawClient.frame(first, payload.getBytes(ISO_8859_1));
    }

    private static final List<Attack> ATTACKS = List.of(
            attack("the first reserved bit", 1002, frame(FINAL | 0x40 | TEXT, "{}")),
            attack("all reserved bits", 1002, frame(FINAL | 0x70 | TEXT, "{}")),
            attack("an opcode for later", 1002, frame(FINAL | 3, "{}")),
            attack("a control opcode for later", 1002, frame(FINAL | 11, "")),
            attack("a frame without a mask", 1002, bytes(FINAL | TEXT, 2, '{', '}')),
            attack("a ping over 125 bytes", 1002, frame(FINAL | PING, "x".repeat(126))),
            attack("a ping in parts", 1002, frame(PING, "x")),
            attack("a part of nothing", 1002, frame(FINAL, "{}")),
            attack("a message within a message", 1002, frame(TEXT, "{"), frame(FINAL | TEXT, "{}")),
            attack("text that is not UTF-8", 1007, frame(FINAL | TEXT, "\u00c3(")),
            attack("an overlong NUL", 1007, frame(FINAL | TEXT, "\u00c0\u0080")),
            attack("half a pair of surrogates", 1007, frame(FINAL | TEXT, "\u00ed\u00a0\u0080")),
            attack("UTF-8 broken in its second part", 1007, frame(TEXT, "\"\u00e2"), frame(FINAL, "\"")),
            attack("a close of one byte", 1002, frame(FINAL | CLOSE, "x")),
            attack("a close whose code may not be sent", 1002, frame(FINAL | CLOSE, "\u0003\u00ed")),
            attack("a close whose code is none", 1002, frame(FINAL | CLOSE, "\u0000\u0001")),
            attack("a close whose reason is not UTF-8", 1007, frame(FINAL | CLOSE, "\u0003\u00e8\u00ff")),
            attack("an ordinary close", 1000, frame(FINAL | CLOSE, "\u0003\u00e8bye")),
            attack("a frame over the limit", 1009, frame(FINAL | TEXT, "x".repeat(LIMIT + 1))),
            attack("a megabyte of brackets", 1009, frame(FINAL | TEXT, "[".repeat(1 << 20))),
            attack(
                    "a message over the limit in parts",
                    1009,
                    frame(TEXT, "x".repeat(LIMIT / 2)),
                    frame(0, "x".repeat(LIMIT / 2)),
                    frame(FINAL, "x")),
            attack("binary over the limit", 1009, frame(FINAL | BINARY, "x".repeat(LIMIT + 1))),
            attack("a length that nobody could send", 1009, bytes(FINAL | TEXT, 0xff, 0x7f, 0, 0, 0, 0, 0, 0, 1)),
            attack("a negative length", 1002, bytes(FINAL | TEXT, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 1)),
            attack("no WebSocket at all", 1002, "GET / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1)));

    private static List<Arguments> attacksAtEachDoor() {
        return Stream.of(Door.values())
                .flatMap(door -> ATTACKS.stream().map(attack -> arguments(door, attack)))
                .toList();
    }

    @BeforeAll
    static void start() {
        node = NodeUnderTest.quiet(
                "feeds.kis.mode=sim", "feeds.kis.hours=always", "channels.max_message_size=" + LIMIT);
        failures = new LoggedFailures();
    }

    @AfterAll
    static void stop() {
        failures.close();
        node.close();
    }

    @AfterEach
    void nothingIsLogged() {
        assertThat(failures.lines()).isEmpty();
    }

    private static double refused(Door door) {
        return node.metric("tickmesh_client_bad_requests_total", '"' + door.dialect + '"');
    }

    @ParameterizedTest
    @MethodSource("attacksAtEachDoor")
    void shouldCloseWithTheRightCodeAndServeTheOthers(Door door, Attack attack) {
        double before = refused(door);
        try (DoorClient other = new DoorClient(node, door);
                DoorClient client = new DoorClient(node, door)) {
            other.send(door.subscribe).ping();
            client.ping();
            attack.frames().forEach(client::sendBytes);
            assertThat(client.untilClosed()).isEqualTo(attack.closeCode());
            if (attack.closeCode() != 1000) {
                await().untilAsserted(() -> assertThat(refused(door)).isEqualTo(before + 1));
            }
            other.awaitTick(node);
            other.ping();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldWaitForTheRestOfAFrame(Door door) {
        byte[] ping = RawClient.frame(FINAL | TEXT, door.framed(door.ping));
        try (DoorClient other = new DoorClient(node, door);
                DoorClient client = new DoorClient(node, door)) {
            for (int cut : List.of(1, 3, 7, ping.length - 1)) {
                client.sendBytes(Arrays.copyOf(ping, cut));
                other.ping();
                client.sendBytes(Arrays.copyOfRange(ping, cut, ping.length)).until(door.pong);
            }
            for (byte each : ping) {
                client.sendBytes(new byte[] {each});
            }
            client.until(door.pong);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldPutTogetherAMessageWithPingsBetweenItsParts(Door door) {
        String text = door.framed(door.ping);
        byte[] ping = frame(FINAL | PING, "still here");
        try (DoorClient client = new DoorClient(node, door)) {
            client.sendBytes(RawClient.frame(TEXT, text.substring(0, 3)));
            client.sendBytes(ping);
            for (char each : text.substring(3).toCharArray()) {
                client.sendBytes(RawClient.frame(0, String.valueOf(each)));
            }
            client.sendBytes(ping);
            client.sendBytes(RawClient.frame(FINAL, "")).until(door.pong);
            assertThat(client.pongs()).isEqualTo(2);
        }
    }
}
