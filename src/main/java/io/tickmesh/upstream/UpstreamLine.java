package io.tickmesh.upstream;

import java.util.Map;

/** The way of one {@link FeedLink} to its provider. */
interface UpstreamLine {
    /** Opens a connection, which answers with its number. */
    void connect(int number, Map<String, String> headers);

    void send(String text);

    void ping();

    /** Closes whatever there is of the current connection. */
    void close();
}
