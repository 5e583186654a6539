package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All of a simulated provider behind its sockets. Time is an argument; everything but the logs is for one thread. */
interface Exchange {
    /** The provider's name, in lower case. */
    String provider();

    /** Does what is due by now. */
    void turn(long now);

    /** Why an upgrade is refused, or null to accept it; a check that counts, so ask once. */
    @Nullable
    Reply refusal(HttpCall upgrade, long now);

    /** A new connection. */
    Peer open(Wire wire, HttpCall upgrade, long now);

    /** The answer to a REST request, or null where there is nothing. */
    @Nullable
    Reply answer(HttpCall call, long now);

    /** What a REST request asks for, for the log; empty where its path says it. */
    String symbolsOf(HttpCall call);

    /** The REST requests answered; from any thread. */
    RequestLog requests();

    /** The sessions seen, oldest first; from any thread. */
    List<SessionRecord> sessions();

    JsonObject settingsJson();

    /**
     * Replaces some settings, or none.
     *
     * @throws IllegalArgumentException that names the setting that is unknown or wrong
     */
    void change(JsonObject patch);

    /**
     * Makes something go wrong.
     *
     * @return how many sessions it reaches
     * @throws IllegalArgumentException that says what is wrong with the request; then nothing has happened
     */
    int fault(String name, JsonObject body, long now);

    /** Sends exactly the frames that the body names; gives back how many sessions got them. */
    int emit(JsonObject body, long now);

    /** Back to the settings of the start, no faults, ended sessions forgotten; open ones stay. */
    void reset();

    /** Ends every session in the log. */
    void stop(long now);
}
