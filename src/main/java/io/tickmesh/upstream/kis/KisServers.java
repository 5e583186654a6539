package io.tickmesh.upstream.kis;

import java.net.URI;

/** KIS has two worlds with keys of their own: the real one, and the one for practice with paper money. */
final class KisServers {
    private static final int PAPER_SOCKET = 31_000;
    private static final int PAPER_REST = 29_443;

    private KisServers() {}

    /** Whether an address is of the practice servers; one that makes no sense is not. */
    static boolean isPaper(String url) {
        try {
            URI uri = URI.create(url);
            String host = uri.getHost() == null ? "" : uri.getHost();
            return uri.getPort() == PAPER_SOCKET || uri.getPort() == PAPER_REST || host.startsWith("openapivts.");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
