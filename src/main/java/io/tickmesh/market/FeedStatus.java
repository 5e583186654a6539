package io.tickmesh.market;

/**
 * What the owner of a pool says of a feed, at every change, to every node: the next owner goes on from there.
 *
 * @param simulated whether the ticks come from a simulator
 * @param configured whether credentials are present
 * @param reason why the feed is in that state, in words for an operator; never a secret
 * @param since when it came to that state, milliseconds since 1970
 * @param attempts connects tried in a row without a stable session
 * @param registered upstream registrations in use
 * @param capacity upstream registrations that the feed allows
 * @param refusals logins refused in a row without a stable session
 * @param retryAt when the next connect is due, milliseconds since 1970; 0 where none waits
 * @param tokens what the next owner needs to go on with the tokens of the account; readable only with its secrets
 * @param owner the node that says so
 * @param epoch the owner's
 */
public record FeedStatus(
        String pool,
        String feed,
        String provider,
        boolean simulated,
        boolean configured,
        FeedState state,
        String reason,
        long since,
        int attempts,
        int registered,
        int capacity,
        int refusals,
        long retryAt,
        String tokens,
        String owner,
        long epoch)
        implements PoolEvent {}
