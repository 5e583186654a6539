package io.tickmesh.config;

/** Where a server listens. */
public record DoorConfig(String host, int port) {
    @Override
    public String toString() {
        return host + ':' + port;
    }
}
