package io.tickmesh.upstream;

/**
 * Something that a session can be told to deliver; it costs one slot.
 *
 * @param code how the provider's {@link FeedProtocol} knows it
 * @param feed the only feed that may carry it, for private data; else empty
 */
public record Registration(String code, String feed) {
    public Registration(String code) {
        this(code, "");
    }
}
