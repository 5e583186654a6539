package io.tickmesh.config;

import java.util.List;

/**
 * How contract 2 decides where the contract leaves it open.
 *
 * @param overflow what becomes of a code for which the account has no slot
 * @param successIfAny whether a request counts as successful when only some of its codes are accepted
 * @param slots registrations that the account allows, or all accounts together
 */
public record StockConfig(FeedConfig.Overflow overflow, boolean successIfAny, int slots) {
    static final FeedConfig.Overflow OVERFLOW = FeedConfig.Overflow.REJECT;
    static final boolean SUCCESS_IF_ANY = false;

    private static final String PROVIDER = "kis";

    /** What is configured, with the slots of these feeds; those of one account where there is none. */
    static StockConfig of(FeedConfig.Overflow overflow, boolean successIfAny, List<FeedConfig> feeds) {
        int slots = feeds.stream()
                .filter(feed -> feed.provider().equals(PROVIDER))
                .mapToInt(feed -> feed.maxSubscriptions() * feed.manner().connections())
                .sum();
        return new StockConfig(
                overflow, successIfAny, slots == 0 ? ProviderFacts.of(PROVIDER).maxSubscriptions() : slots);
    }

    /** The contract as it is written, with the slots of these feeds. */
    public static StockConfig of(List<FeedConfig> feeds) {
        return of(OVERFLOW, SUCCESS_IF_ANY, feeds);
    }
}
