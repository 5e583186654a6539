package io.tickmesh.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One WebSocket client: asks for the upgrade, subscribes, then counts. */
final class ClientLink {
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final byte[] NOTHING = {};
    private static final int PONG = 0x8a;

    private final SocketChannel channel;
    private final Door door;
    private final String subscribe;
    private final Tally tally;
    private byte[] rest = NOTHING;
    private boolean upgraded;

    ClientLink(SocketChannel channel, Door door, String subscribe, Tally tally) {
        this.channel = channel;
        this.door = door;
        this.subscribe = subscribe;
        this.tally = tally;
    }

    void connected() throws IOException {
        channel.finishConnect();
        String request = "GET " + door.path() + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Reads what is there through a buffer that all links share; false at the end of the connection. */
    boolean readable(ByteBuffer shared) throws IOException {
        shared.clear().put(rest);
        int count = channel.read(shared);
        if (count < 0) {
            return false;
        }
        tally.read(WallClock.micros());
        shared.flip();
        if (!upgraded) {
            readHead(shared);
        }
        if (upgraded) {
            FrameScanner.scan(shared, this::frame);
        }
        if (shared.position() == 0 && shared.limit() == shared.capacity()) {
            throw new BenchFailure("a frame larger than " + shared.capacity() + " bytes");
        }
        keep(shared);
        return true;
    }

    private void keep(ByteBuffer shared) {
        if (!shared.hasRemaining()) {
            rest = NOTHING;
        } else {
            rest = new byte[shared.remaining()];
            shared.get(rest);
        }
    }

    private void readHead(ByteBuffer in) throws IOException {
        String text = StandardCharsets.ISO_8859_1.decode(in.duplicate()).toString();
        int end = text.indexOf(new String(END_OF_HEAD, StandardCharsets.US_ASCII));
        if (end < 0) {
            return;
        }
        if (!text.startsWith("HTTP/1.1 101 ")) {
            throw new BenchFailure(
                    "the server refused an upgrade: " + text.lines().findFirst().orElse(""));
        }
        in.position(in.position() + end + END_OF_HEAD.length);
        upgraded = true;
        write(FrameScanner.fromClient(FrameScanner.TEXT, subscribe.getBytes(StandardCharsets.UTF_8)));
    }

    private void frame(int head, ByteBuffer in, int offset, int length) {
        if (head == FrameScanner.TEXT) {
            tally.text(in, offset, length);
        } else if (head == FrameScanner.PING) {
            byte[] payload = new byte[length];
            in.get(offset, payload);
            pong(payload);
        } else if (head != FrameScanner.CLOSE) {
            throw new BenchFailure("the server sent a frame that begins with " + Integer.toHexString(head));
        }
    }

    private void pong(byte[] payload) {
        try {
            write(FrameScanner.fromClient(PONG, payload));
        } catch (IOException e) {
            throw new BenchFailure("a client could not answer a ping", e);
        }
    }

    /** A client has little to say: it fits into an empty socket buffer. */
    private void write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            throw new BenchFailure("a client's request did not fit into its socket");
        }
    }

    void close() throws IOException {
        channel.close();
    }
}
