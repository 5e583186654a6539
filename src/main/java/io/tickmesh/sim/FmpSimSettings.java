package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;

/** Every switch of the FMP simulator, by the names that the control endpoint uses. */
public record FmpSimSettings(FmpSessionSettings session, FmpStreamSettings stream, FmpRestSettings rest) {
    public static final FmpSimSettings DEFAULTS =
            new FmpSimSettings(FmpSessionSettings.DEFAULTS, FmpStreamSettings.DEFAULTS, FmpRestSettings.DEFAULTS);

    /**
     * These settings with some replaced.
     *
     * @throws IllegalArgumentException that names the unknown setting, or the one of the wrong type
     */
    public FmpSimSettings patched(JsonObject patch) {
        Fields in = new Fields(patch);
        FmpSimSettings changed = new FmpSimSettings(session.patched(in), stream.patched(in), rest.patched(in));
        in.requireNoOthers();
        return changed;
    }

    /** These settings with one replaced; see {@link #patched}. */
    public FmpSimSettings with(String name, Object value) {
        return patched(new JsonObject().put(name, value));
    }

    JsonObject toJson() {
        JsonObject out = new JsonObject();
        session.putInto(out);
        stream.putInto(out);
        rest.putInto(out);
        return out;
    }
}
