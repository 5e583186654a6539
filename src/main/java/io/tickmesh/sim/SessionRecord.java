package io.tickmesh.sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What a simulator knows about one connection, at one moment; times are epoch milliseconds, 0 where it has not happened.
 *
 * @param key masked except for its last two characters; empty before a login
 * @param closeReason empty while the session is open
 * @param tickers held now, or when the session ended
 * @param controlFrames all that were received
 * @param frames the newest of them, keys masked
 * @param framesSent data frames
 * @param framesSkipped data frames that the client was too slow for
 * @param pings received
 * @param pingedAt when the newest of them came
 */
public record SessionRecord(
        long id,
        String feed,
        String key,
        String remote,
        long openedAt,
        long loggedInAt,
        long closedAt,
        String closeReason,
        List<String> tickers,
        long controlFrames,
        List<ControlFrame> frames,
        long framesSent,
        long framesSkipped,
        long pings,
        long pingedAt) {

    /** A message of the client. */
    public record ControlFrame(long at, String text) {}

    public SessionRecord {
        tickers = List.copyOf(tickers);
        frames = List.copyOf(frames);
    }

    public boolean isOpen() {
        return closedAt == 0;
    }

    public boolean isLoggedIn() {
        return loggedInAt != 0;
    }

    JsonObject toJson() {
        JsonArray texts = new JsonArray();
        frames.forEach(each -> texts.add(new JsonObject().put("at", each.at()).put("text", each.text())));
        return new JsonObject()
                .put("id", id)
                .put("feed", feed)
                .put("key", key)
                .put("remote", remote)
                .put("opened_at", openedAt)
                .put("logged_in_at", loggedInAt)
                .put("closed_at", closedAt)
                .put("close_reason", closeReason)
                .put("tickers", new JsonArray(tickers))
                .put("control_frames", controlFrames)
                .put("frames", texts)
                .put("frames_sent", framesSent)
                .put("frames_skipped", framesSkipped)
                .put("pings", pings)
                .put("pinged_at", pingedAt);
    }
}
