package io.tickmesh.client;

/** How the messages of a dialect stand in the text frames of a WebSocket. */
public interface Framing {
    /** Every message is a frame of its own. */
    Framing PLAIN = new Framing() {
        @Override
        public Transport over(Transport socket) {
            return socket;
        }

        @Override
        public void onText(Session session, String frame) {
            Intake.onText(session, frame);
        }
    };

    /** The transport of a session whose frames go to that socket. */
    Transport over(Transport socket);

    /** Hands what a client sent to the dialect of its session. */
    void onText(Session session, String frame);
}
