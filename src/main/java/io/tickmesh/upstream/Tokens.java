package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.config.UpstreamConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens of one account: which of them must be issued now, and what has been issued. No clock and no socket; times are
 * {@code now} in nanoseconds, for pauses, and {@code wallMillis} since 1970, for what providers and other owners say.
 *
 * <p>Providers punish who asks for tokens too often, so the pause between two requests outlives failures, restarts and
 * takeovers: after each change of {@link #version} the owner replicates and stores {@link #sealed}, before it sends the
 * request that changed it.
 */
final class Tokens {
    /** Who makes the calls. */
    interface Issuer {
        /** Asks the provider; {@link #onReply} or {@link #onNoReply} is told later, not at once. */
        void issue(TokenRecipe recipe, RestCall call);
    }

    private final FeedConfig feed;
    private final Issuer issuer;
    private final TokenSeal seal;
    private final Map<String, TokenLine> lines = new LinkedHashMap<>();
    private long version;

    Tokens(FeedConfig feed, List<TokenRecipe> recipes, UpstreamConfig timing, Issuer issuer) {
        this.feed = feed;
        this.issuer = issuer;
        this.seal = new TokenSeal(feed);
        recipes.forEach(recipe -> lines.put(recipe.name(), new TokenLine(recipe, timing)));
    }

    /** Asks for what is needed and may be asked for now. */
    void wake(long now, long wallMillis) {
        for (TokenLine line : lines.values()) {
            if (line.nanosToAsk(now, wallMillis) <= 0) {
                line.onAsked(now, wallMillis);
                version++;
                issuer.issue(line.recipe(), line.recipe().call(feed));
            }
        }
    }

    /** Nanoseconds until {@link #wake} has something to do; the largest number if only an answer changes that. */
    long nanosToWake(long now, long wallMillis) {
        return lines.values().stream()
                .mapToLong(line -> line.nanosToAsk(now, wallMillis))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The provider has answered; says in words what it refused, empty if it issued a token. */
    String onReply(String name, RestReply reply, long now, long wallMillis) {
        TokenLine line = line(name);
        TokenRecipe.Answer answer = line.recipe().read(reply.status(), reply.body(), wallMillis);
        line.onAnswer(answer, now, wallMillis);
        version++;
        return line.trouble();
    }

    /** The request broke without an answer: it may have counted at the provider all the same. */
    void onNoReply(String name, String cause, long now, long wallMillis) {
        line(name).onAnswer(new TokenRecipe.Answer.Later(cause), now, wallMillis);
        version++;
    }

    /**
     * The provider does not know a token that was used. It is given up if it is still the present one, and another is asked
     * for as soon as that is allowed.
     *
     * @return false if it had replaced one that went stale just before: then a fresh one will not help either, and the next
     *     request waits as after a refusal
     */
    boolean stale(String name, Secret used, long now, long wallMillis) {
        boolean worthwhile = line(name).onStale(used, now, wallMillis);
        version++;
        return worthwhile;
    }

    /** Whether all of these can be used now. */
    boolean ready(Collection<String> names, long wallMillis) {
        return current(wallMillis).keySet().containsAll(names);
    }

    /** The tokens that can be used now, by name. */
    Map<String, Secret> current(long wallMillis) {
        Map<String, Secret> usable = new HashMap<>();
        lines.forEach((name, line) -> {
            Secret token = line.usable(wallMillis);
            if (token != null) {
                usable.put(name, token);
            }
        });
        return usable;
    }

    /** Whether the answer to a request for one of these is waited for. */
    boolean asking(Collection<String> names) {
        return names.stream().map(lines::get).anyMatch(line -> line != null && line.asking());
    }

    /** Nanoseconds until the provider may be asked for all of these that are missing; 0 or less for now. */
    long nanosToAsk(Collection<String> names, long now, long wallMillis) {
        return names.stream()
                .map(lines::get)
                .filter(line -> line != null && line.usable(wallMillis) == null)
                .mapToLong(line -> line.nanosToAsk(now, wallMillis))
                .max()
                .orElse(0);
    }

    /** Why one of these cannot be had, in words for an operator; empty if nothing has gone wrong with them. */
    String trouble(Collection<String> names) {
        return names.stream()
                .map(lines::get)
                .filter(line -> line != null && !line.trouble().isEmpty())
                .map(line -> "token " + line.recipe().name() + ": " + line.trouble())
                .findFirst()
                .orElse("");
    }

    /** Rises with each change that another owner would have to know. */
    long version() {
        return version;
    }

    /** All that another owner, or this one after a restart, must know; only who has the account's secrets can read it. */
    String sealed() {
        List<TokenRecord> records = new ArrayList<>();
        lines.values().forEach(line -> records.add(line.toRecord()));
        return seal.close(records);
    }

    /** Takes what is newer than what is known; false if the text cannot be opened: another account's, or spoiled. */
    boolean inherit(String sealed, long now, long wallMillis) {
        List<TokenRecord> records = seal.open(sealed);
        if (records == null) {
            return false;
        }
        for (TokenRecord each : records) {
            TokenLine line = lines.get(each.name());
            if (line != null) {
                line.inherit(each, now, wallMillis);
            }
        }
        return true;
    }

    private TokenLine line(String name) {
        TokenLine line = lines.get(name);
        if (line == null) {
            throw new IllegalArgumentException("no token " + name);
        }
        return line;
    }
}
