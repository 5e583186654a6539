package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;

/** Every switch of the KIS simulator, by the names that the control endpoint uses. */
public record KisSimSettings(KisSessionSettings session, KisStreamSettings stream, KisRestSettings rest) {
    public static final KisSimSettings DEFAULTS =
            new KisSimSettings(KisSessionSettings.DEFAULTS, KisStreamSettings.DEFAULTS, KisRestSettings.DEFAULTS);

    /**
     * These settings with some replaced.
     *
     * @throws IllegalArgumentException that names the unknown setting, or the one of the wrong type
     */
    public KisSimSettings patched(JsonObject patch) {
        Fields in = new Fields(patch);
        KisSimSettings changed = new KisSimSettings(session.patched(in), stream.patched(in), rest.patched(in));
        in.requireNoOthers();
        return changed;
    }

    /** These settings with one replaced; see {@link #patched}. */
    public KisSimSettings with(String name, Object value) {
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
