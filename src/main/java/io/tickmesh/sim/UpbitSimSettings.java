package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;

/** Every switch of the Upbit simulator, by the names that the control endpoint uses. */
public record UpbitSimSettings(
        UpbitAccessSettings access, UpbitSessionSettings session, UpbitStreamSettings stream, UpbitRestSettings rest) {
    public static final UpbitSimSettings DEFAULTS = new UpbitSimSettings(
            UpbitAccessSettings.DEFAULTS,
            UpbitSessionSettings.DEFAULTS,
            UpbitStreamSettings.DEFAULTS,
            UpbitRestSettings.DEFAULTS);

    /**
     * These settings with some replaced.
     *
     * @throws IllegalArgumentException that names the unknown setting, or the one of the wrong type
     */
    public UpbitSimSettings patched(JsonObject patch) {
        Fields in = new Fields(patch);
        UpbitSimSettings changed =
                new UpbitSimSettings(access.patched(in), session.patched(in), stream.patched(in), rest.patched(in));
        in.requireNoOthers();
        return changed;
    }

    /** These settings with one replaced; see {@link #patched}. */
    public UpbitSimSettings with(String name, Object value) {
        return patched(new JsonObject().put(name, value));
    }

    JsonObject toJson() {
        JsonObject out = new JsonObject();
        access.putInto(out);
        session.putInto(out);
        stream.putInto(out);
        rest.putInto(out);
        return out;
    }
}
