package io.tickmesh.upstream.kis;

import java.util.regex.Pattern;

/** KIS has two worlds with keys of their own: the real one, and the one for practice with paper money. */
final class KisServers {
    /** Its WebSocket and its REST side have a port of their own; REST has a host of its own too. */
    private static final Pattern PAPER =
            Pattern.compile("[a-z]+://(openapivts\\.[^/:?#]+(:[0-9]+)?|[^/:?#]+:(31000|29443))([/?#].*)?");

    private KisServers() {}

    /** Whether an address is of the practice servers; one that makes no sense is not. */
    static boolean isPaper(String url) {
        return PAPER.matcher(url).matches();
    }
}
