package io.tickmesh.admin;

import io.netty.util.NetUtil;
import io.tickmesh.config.ManagementConfig;
import io.tickmesh.config.Secret;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lets operators in: from this machine without a token, from elsewhere only with it.
 *
 * <p>What comes from this machine may be a web page in its browser. So a request without the token must be addressed to
 * a name that no page can make its own, and a command must not come from a page of another origin. A request that a
 * proxy passed on may come from anywhere, whatever its headers say.
 */
final class Guard {
    /** Where a route finds as whom the caller was let in. */
    static final String BY = "tickmesh.by";

    private static final String BEARER = "Bearer ";

    private final ManagementConfig config;

    Guard(ManagementConfig config) {
        this.config = config;
    }

    /** What counts of a request. */
    record Caller(
            boolean command,
            @Nullable String address,
            boolean forwarded,
            @Nullable String authority,
            @Nullable String origin,
            @Nullable String authorization) {
        static Caller of(HttpServerRequest request) {
            HostAndPort authority = request.authority();
            return new Caller(
                    Audit.isCommand(request),
                    request.remoteAddress().hostAddress(),
                    request.headers().contains("X-Forwarded-For")
                            || request.headers().contains("Forwarded"),
                    authority == null ? null : authority.toString(),
                    request.getHeader("Origin"),
                    request.getHeader("Authorization"));
        }

        private boolean loopback() {
            @Nullable
            InetAddress parsed = address == null ? null : NetUtil.createInetAddressFromIpAddressString(address);
            return !forwarded && parsed != null && parsed.isLoopbackAddress();
        }
    }

    void check(RoutingContext context) {
        try {
            context.put(BY, admit(Caller.of(context.request())));
        } catch (Refusal refusal) {
            if (refusal.status() == 401) {
                context.response().putHeader("WWW-Authenticate", "Bearer");
            }
            Answers.fail(context, refusal.status(), refusal.detail());
            return;
        }
        context.next();
    }

    /** As whom the caller is let in. */
    String admit(Caller caller) {
        boolean token = hasToken(caller);
        if (!token) {
            requireHere(caller);
        }
        if (caller.command() && caller.origin() != null && !isOwn(caller.origin(), caller.authority())) {
            throw new Refusal(403, "Commands from pages of another origin are refused");
        }
        return token ? "token" : "loopback";
    }

    private boolean hasToken(Caller caller) {
        @Nullable String header = caller.authorization();
        if (header == null) {
            return false;
        }
        @Nullable Secret token = config.token();
        boolean right = token != null
                && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && MessageDigest.isEqual(
                        bytes(token.reveal()),
                        bytes(header.substring(BEARER.length()).strip()));
        if (!right) {
            throw new Refusal(401, "This is not the token of this node (management.token)");
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void requireHere(Caller caller) {
        if (!caller.loopback()) {
            if (config.token() == null) {
                throw new Refusal(
                        403, "From other machines only with a token; set management.token on this node to have one");
            }
            throw new Refusal(401, "From other machines only with Authorization: Bearer and management.token");
        }
        if (!isNameOfThisNode(caller.authority())) {
            throw new Refusal(403, "Without a token the Host must be an IP address, localhost or management.host");
        }
    }

    private boolean isNameOfThisNode(@Nullable String authority) {
        if (authority == null) {
            return false;
        }
        int port = authority.lastIndexOf(':');
        boolean bare = port < authority.lastIndexOf(']') || port < 0;
        String host = (bare ? authority : authority.substring(0, port)).toLowerCase(Locale.ROOT);
        String name = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return name.equals("localhost")
                || name.equalsIgnoreCase(config.host())
                || NetUtil.createByteArrayFromIpAddressString(name) != null;
    }

    private static boolean isOwn(String origin, @Nullable String authority) {
        return origin.equalsIgnoreCase("http://" + authority);
    }
}
