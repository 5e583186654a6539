package io.tickmesh.sim;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tokens that were issued, and what each is good for. */
final class KiwoomTokens {
    private static final int KEPT = 10_000;

    /**
     * An issued token.
     *
     * @param host where it was asked for; it is good for that address alone
     */
    record Token(String text, String appKey, KiwoomRestSettings.Profile profile, String host, long expiresAt) {}

    private final Map<String, Token> tokens = new LinkedHashMap<>();
    private long issued;

    Token issue(String appKey, String host, KiwoomRestSettings rules, long seed, long now) {
        if (rules.reissue() == KiwoomRestSettings.Reissue.REPLACE_OLD) {
            tokens.values().removeIf(each -> each.appKey().equals(appKey));
        }
        issued++;
        String text = Long.toHexString(Hash.mix(Hash.mix(seed, now), issued))
                + Long.toHexString(Hash.mix(Hash.of(appKey), issued));
        Token token = new Token(text, appKey, rules.profile(), host, now + rules.tokenTtlMs());
        tokens.put(text, token);
        if (tokens.size() > KEPT) {
            Iterator<Token> oldest = tokens.values().iterator();
            oldest.next();
            oldest.remove();
        }
        return token;
    }

    @Nullable
    Token find(String text) {
        return tokens.get(text);
    }

    /** Why a token is not accepted, or null if it is. */
    @Nullable
    KiwoomError refusal(String text, String host, KiwoomRestSettings rules, long now) {
        @Nullable Token token = tokens.get(text);
        if (token == null || token.expiresAt() <= now || !rules.appKeys().contains(token.appKey())) {
            return KiwoomError.INVALID_TOKEN;
        }
        if (token.profile() != rules.profile()) {
            return KiwoomError.OTHER_PROFILE;
        }
        return token.host().equals(host) ? null : KiwoomError.OTHER_HOST;
    }

    boolean revoke(String text) {
        return tokens.remove(text) != null;
    }

    void expireAll() {
        tokens.clear();
    }
}
