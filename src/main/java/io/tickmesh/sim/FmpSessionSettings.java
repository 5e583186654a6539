package io.tickmesh.sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who may log in, and what a session may ask for.
 *
 * @param keys accepted by every feed and by REST
 * @param unentitledKeys known, but their plan has no sockets; REST accepts them
 * @param urlLogin {@code ?apikey=} in the socket's URL logs in
 * @param secondLogin who loses when a key logs in twice on one feed
 * @param loginTimeoutMs a socket that has not logged in by then is closed
 * @param refusedLingerMs a refused socket stays open so long
 * @param foldCase subscribing in upper case is fed
 * @param tickerCap tickers that one socket may hold
 * @param controlPerSecond control messages in any second; 0 for no limit
 * @param errorFrames what is not understood is answered instead of ignored
 */
public record FmpSessionSettings(
        List<String> keys,
        List<String> unentitledKeys,
        boolean urlLogin,
        SecondLogin secondLogin,
        int loginTimeoutMs,
        int refusedLingerMs,
        boolean foldCase,
        int tickerCap,
        int controlPerSecond,
        boolean errorFrames) {

    /** Who hears "Connected from another location". */
    public enum SecondLogin {
        KICK_OLD,
        REJECT_NEW
    }

    static final FmpSessionSettings DEFAULTS = new FmpSessionSettings(
            List.of(FmpSimulator.DEFAULT_KEY),
            List.of("no-feed-key"),
            false,
            SecondLogin.KICK_OLD,
            30_000,
            1_000,
            false,
            500,
            10,
            false);

    public FmpSessionSettings {
        keys = List.copyOf(keys);
        unentitledKeys = List.copyOf(unentitledKeys);
        if (Stream.concat(keys.stream(), unentitledKeys.stream()).anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("'keys' and 'unentitled_keys' must not hold a blank key");
        }
    }

    FmpSessionSettings patched(Fields in) {
        return new FmpSessionSettings(
                in.texts("keys", keys),
                in.texts("unentitled_keys", unentitledKeys),
                in.flag("url_login", urlLogin),
                in.choice("second_login", secondLogin),
                in.integer("login_timeout_ms", loginTimeoutMs, 10, Integer.MAX_VALUE),
                in.integer("refused_linger_ms", refusedLingerMs, 0, Integer.MAX_VALUE),
                in.flag("fold_case", foldCase),
                in.integer("ticker_cap", tickerCap, 0, Integer.MAX_VALUE),
                in.integer("control_per_second", controlPerSecond, 0, 10_000),
                in.flag("error_frames", errorFrames));
    }

    void putInto(JsonObject out) {
        out.put("keys", new JsonArray(keys))
                .put("unentitled_keys", new JsonArray(unentitledKeys))
                .put("url_login", urlLogin)
                .put("second_login", Fields.nameOf(secondLogin))
                .put("login_timeout_ms", loginTimeoutMs)
                .put("refused_linger_ms", refusedLingerMs)
                .put("fold_case", foldCase)
                .put("ticker_cap", tickerCap)
                .put("control_per_second", controlPerSecond)
                .put("error_frames", errorFrames);
    }
}
