package io.tickmesh.sim;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that logs in, subscribes to a stock, and then does not read. */
final class StuckClient implements Closeable {
    private static final int TIMEOUT_MS = 10_000;
    private static final int SMALL_BUFFER = 4_096;

    private static final String UPGRADE = """
            GET /stock HTTP/1.1
            Host: sim
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

            """;

    private final Socket socket;

    private StuckClient(Socket socket) {
        this.socket = socket;
    }

    static StuckClient subscribed(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.setSoTimeout(TIMEOUT_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
        OutputStream out = socket.getOutputStream();
        out.write(UPGRADE.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        skipHead(socket.getInputStream());
        out.write(frame("{\"event\":\"login\",\"data\":{\"apiKey\":\"sim-key\"}}"));
        out.write(frame("{\"event\":\"subscribe\",\"data\":{\"ticker\":\"aapl\"}}"));
        return new StuckClient(socket);
    }

    private static void skipHead(InputStream in) throws IOException {
        for (int ends = 0; ends < 4; ) {
            int c = in.read();
            ends = c == '\r' || c == '\n' ? ends + 1 : 0;
        }
    }

    /** A short masked text frame, masked with zeros. */
    private static byte[] frame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[payload.length + 6];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        return frame;
    }

    void readToTheEnd() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[65_536];
        for (int read = 0; read >= 0; ) {
            read = in.read(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
