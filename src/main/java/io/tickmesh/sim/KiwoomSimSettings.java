package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;

/** Every switch of the Kiwoom simulator, by the names that the control endpoint uses. */
public record KiwoomSimSettings(KiwoomSessionSettings session, KiwoomStreamSettings stream, KiwoomRestSettings rest) {
    public static final KiwoomSimSettings DEFAULTS = new KiwoomSimSettings(
            KiwoomSessionSettings.DEFAULTS, KiwoomStreamSettings.DEFAULTS, KiwoomRestSettings.DEFAULTS);

    /**
     * These settings with some replaced.
     *
     * @throws IllegalArgumentException that names the unknown setting, or the one of the wrong type
     */
    public KiwoomSimSettings patched(JsonObject patch) {
        Fields in = new Fields(patch);
        KiwoomSimSettings changed = new KiwoomSimSettings(session.patched(in), stream.patched(in), rest.patched(in));
        in.requireNoOthers();
        return changed;
    }

    /** These settings with one replaced; see {@link #patched}. */
    public KiwoomSimSettings with(String name, Object value) {
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
