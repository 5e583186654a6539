package io.tickmesh.upstream;

/**
 * One connection that a feed may open, once it has something to carry.
 *
 * @param name the feed's id, with {@code #2} and so on for further connections
 * @param url where to
 * @param slots registrations that it may hold
 * @param carries which registrations
 */
public record LinkPlan(String name, String url, int slots, Carries carries) {
    /** Which registrations a connection may carry. */
    public enum Carries {
        PUBLIC,
        PRIVATE,
        BOTH
    }

    public boolean mayCarry(Registration registration, String feed) {
        boolean isPrivate = !registration.feed().isEmpty();
        return switch (carries) {
            case PUBLIC -> !isPrivate;
            case PRIVATE -> isPrivate && registration.feed().equals(feed);
            case BOTH -> !isPrivate || registration.feed().equals(feed);
        };
    }
}
