package io.tickmesh.client;

/** What a client of a WebSocket does, told to its session. */
final class SocketVisitor implements WebSocketTransport.Listener {
    private final Sessions sessions;
    private final Session session;
    private final Framing framing;

    SocketVisitor(Sessions sessions, Session session, Framing framing) {
        this.sessions = sessions;
        this.session = session;
        this.framing = framing;
    }

    @Override
    public void onSign() {
        session.heard(System.nanoTime());
    }

    @Override
    public void onText(String text) {
        if (!session.closed()) {
            framing.onText(session, text);
        }
    }

    @Override
    public void onBinary() {
        if (!session.closed()) {
            Intake.onBinary(session);
        }
    }

    @Override
    public void onWritable() {
        session.flushSoon();
    }

    /** Counts what a session is ended for. */
    @Override
    public void onBroken(CloseReason reason) {
        if (!session.closed()) {
            session.meters().badRequest();
            session.close(reason);
        }
    }

    /** A client that leaves says so; else the connection broke, which is seen at the latest by a send. */
    @Override
    public void onClosed(boolean byClient) {
        sessions.close(session, byClient ? "client_disconnect" : "websocket_disconnect");
    }
}
