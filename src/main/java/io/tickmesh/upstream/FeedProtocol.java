package io.tickmesh.upstream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A provider's language without a socket: bytes in, meaning out. One instance serves one connection. */
public interface FeedProtocol {
    /**
     * Reads one message and tells what it means. Never throws for what the provider sent.
     *
     * @param message holds the message in its first {@code length} bytes; it is the caller's again afterwards
     * @param receivedAt when it came, microseconds since 1970
     */
    void decode(byte[] message, int length, long receivedAt, FeedEvents events);

    /** The first message after the connect, or null where the provider wants none. */
    @Nullable
    String login();

    String subscribe(List<String> codes);

    String unsubscribe(List<String> codes);
}
