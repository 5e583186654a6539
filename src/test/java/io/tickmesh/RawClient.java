package io.tickmesh;

import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A WebSocket client on a bare TCP socket: it reads when told to, and never answers a ping. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;
    private static final int SMALL_BUFFER = 4_096;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;

    private static final String UPGRADE = """
            GET %s HTTP/1.1\r
            Host: node\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
            %s\r
            """;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private int closeCode;
    private int pings;

    RawClient(URI node) {
        this(node, "/stream");
    }

    /** With further headers, as {@code Name: value}. */
    RawClient(URI node, String path, String... headers) {
        try {
            socket.setReceiveBufferSize(SMALL_BUFFER);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(node.getHost(), node.getPort()), PATIENCE_MILLIS);
            socket.getOutputStream().write(upgrade(path, headers).getBytes(StandardCharsets.US_ASCII));
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), SMALL_BUFFER));
            for (int ends = 0; ends < 4; ) {
                int c = in.read();
                ends = c == '\r' || c == '\n' ? ends + 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String upgrade(String path, String... headers) {
        return UPGRADE.formatted(
                path, Stream.of(headers).map(each -> each + "\r\n").collect(Collectors.joining()));
    }

    /** Sends a text frame, masked with zeros; single quotes stand for double ones. */
    void send(String text) {
        byte[] payload = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[payload.length + 8];
        frame[0] = (byte) (0x80 | TEXT);
        frame[1] = (byte) (0x80 | 126);
        frame[2] = (byte) (payload.length >> 8);
        frame[3] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 8, payload.length);
        try {
            OutputStream out = socket.getOutputStream();
            out.write(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next text frame; null when the connection is over. */
    @Nullable
    JsonObject next() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        try {
            while (System.nanoTime() - deadline < 0) {
                int opcode = in.readUnsignedByte() & 0xf;
                int length = in.readUnsignedByte();
                if (length == 126) {
                    length = in.readUnsignedShort();
                } else if (length == 127) {
                    length = Math.toIntExact(in.readLong());
                }
                byte[] payload = in.readNBytes(length);
                if (opcode == TEXT) {
                    return new JsonObject(new String(payload, StandardCharsets.UTF_8));
                }
                if (opcode == PING) {
                    pings++;
                }
                if (opcode == CLOSE) {
                    closeCode = ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
                }
            }
            throw new AssertionError("only pings within " + PATIENCE_MILLIS + " ms");
        } catch (EOFException | SocketException over) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code of the Close frame; 0 if none came. */
    int closeCode() {
        return closeCode;
    }

    /** How many pings have come before what was read last. */
    int pings() {
        return pings;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
