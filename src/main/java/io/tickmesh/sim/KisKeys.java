package io.tickmesh.sim;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The approval keys and access tokens that were issued, and for how long they are good. */
final class KisKeys {
    private static final int KEPT = 10_000;

    /** What was issued to an app key. */
    record Grant(String text, String appKey, long issuedAt, long expiresAt) {
        boolean isExpired(long now) {
            return now >= expiresAt;
        }
    }

    private final Map<String, Grant> approvals = bounded();
    private final Map<String, Grant> tokens = bounded();
    private final Map<String, Grant> newestToken = new HashMap<>();
    private final Map<String, Long> approvalAskedAt = new HashMap<>();
    private final Map<String, Long> tokenAskedAt = new HashMap<>();
    private long issued;

    private static Map<String, Grant> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Grant> eldest) {
                return size() > KEPT;
            }
        };
    }

    /** A new approval key, or null when the app key asks too often. */
    @Nullable
    Grant approve(String appKey, KisRestSettings rules, long now) {
        if (tooSoon(approvalAskedAt, appKey, rules.approvalEveryMs(), now)) {
            return null;
        }
        Grant grant = new Grant(text("approval", now), appKey, now, now + rules.approvalTtlMs());
        approvals.put(grant.text(), grant);
        return grant;
    }

    /** A token, the same one again within its time of reuse, or null when the app key asks too often. */
    @Nullable
    Grant token(String appKey, KisRestSettings rules, long now) {
        if (tooSoon(tokenAskedAt, appKey, rules.tokenEveryMs(), now)) {
            return null;
        }
        @Nullable Grant old = newestToken.get(appKey);
        if (old != null && !old.isExpired(now) && now - old.issuedAt() < rules.tokenReuseMs()) {
            return old;
        }
        Grant grant = new Grant(text("token", now), appKey, now, now + rules.tokenTtlMs());
        tokens.put(grant.text(), grant);
        newestToken.put(appKey, grant);
        return grant;
    }

    private static boolean tooSoon(Map<String, Long> askedAt, String appKey, int everyMs, long now) {
        @Nullable Long last = askedAt.get(appKey);
        if (last != null && now - last < everyMs) {
            return true;
        }
        askedAt.put(appKey, now);
        return false;
    }

    private String text(String purpose, long now) {
        issued++;
        return new UUID(Hash.mix(Hash.of(purpose), now), Hash.mix(now, issued)).toString();
    }

    @Nullable
    Grant approval(String text) {
        return approvals.get(text);
    }

    @Nullable
    Grant token(String text) {
        return tokens.get(text);
    }

    /** Ends a token before its time; false if there is none. */
    boolean revoke(String text) {
        @Nullable Grant grant = tokens.remove(text);
        if (grant != null) {
            newestToken.remove(grant.appKey(), grant);
        }
        return grant != null;
    }

    /** Everything issued so far is expired from now on, and the next ones may be asked for at once. */
    void expireAll(long now) {
        expire(approvals, now);
        expire(tokens, now);
        newestToken.clear();
        approvalAskedAt.clear();
        tokenAskedAt.clear();
    }

    private static void expire(Map<String, Grant> grants, long now) {
        grants.replaceAll(
                (text, grant) -> new Grant(text, grant.appKey(), grant.issuedAt(), Math.min(now, grant.expiresAt())));
    }

    /** Takes back what belongs to app keys that are known no more. */
    void keepOnly(Collection<String> appKeys) {
        approvals.values().removeIf(each -> !appKeys.contains(each.appKey()));
        tokens.values().removeIf(each -> !appKeys.contains(each.appKey()));
        newestToken.keySet().retainAll(appKeys);
    }
}
