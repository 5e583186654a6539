package io.tickmesh.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Addresses of providers: no user, password or query, since those carry secrets into logs. */
final class FeedUrl {
    private static final int LONGEST = 2_000;

    private FeedUrl() {}

    static ValueType<String> of(String plain, String secure) {
        return Types.matching(
                plain + ":// or " + secure + ":// with a host, and without user, query or fragment",
                text -> isUrl(text, Set.of(plain, secure)));
    }

    private static boolean isUrl(String text, Set<String> schemes) {
        return text.length() <= LONGEST
                && parse(text).filter(url -> fits(url, schemes)).isPresent();
    }

    private static boolean fits(URI url, Set<String> schemes) {
        return url.getScheme() != null
                && schemes.contains(url.getScheme())
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && (url.getPort() == -1 || Types.isPort(url.getPort()));
    }

    /** Whether what is sent there can be read on the way. */
    static boolean isOpenToListeners(String text) {
        return parse(text)
                .filter(url -> "ws".equals(url.getScheme()) || "http".equals(url.getScheme()))
                .filter(url -> !isLoopback(url.getHost()))
                .isPresent();
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}")
                || host.equals("[::1]");
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException notOne) {
            return Optional.empty();
        }
    }
}
