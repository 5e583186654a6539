package io.tickmesh.bus;

/**
 * So many clients were reached by a message.
 *
 * @param stored for how many users it was stored, none of whose clients was there
 */
public record Reached(int clients, int stored) {
    /** Nothing was stored. */
    public Reached(int clients) {
        this(clients, 0);
    }
}
