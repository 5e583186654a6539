package io.tickmesh.sim;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Checks the tokens that clients sign, each of which is good once. */
final class UpbitTokens {
    private static final int REMEMBERED = 100_000;
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String SCHEME = "Bearer ";

    private final Map<String, Boolean> usedNonces = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private UpbitAccessSettings settings;
    private List<String> expired = List.of();

    UpbitTokens(UpbitAccessSettings settings) {
        this.settings = settings;
    }

    void retune(UpbitAccessSettings changed) {
        settings = changed;
    }

    /** All keys that are good now are bad from now on; keys that settings name later are good. */
    void expire() {
        expired = settings.keys();
    }

    void reset() {
        expired = List.of();
    }

    /** The access key of a good token that was not seen before, or null; a good token is used up. */
    @Nullable
    String accessKeyOf(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(SCHEME)) {
            return null;
        }
        String[] parts = authorization.substring(SCHEME.length()).split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        @Nullable JsonObject header = decoded(parts[0]);
        @Nullable JsonObject claims = decoded(parts[1]);
        if (header == null
                || claims == null
                || !(header.getValue("alg") instanceof String algorithm)
                || !(claims.getValue("access_key") instanceof String accessKey)
                || !(claims.getValue("nonce") instanceof String nonce)) {
            return null;
        }
        boolean good = isSigned(algorithm, accessKey, parts)
                && (UUID.matcher(nonce).matches() || (!settings.uuidNonce() && !nonce.isEmpty()))
                && usedNonces.put(accessKey + ' ' + nonce, true) == null;
        return good ? accessKey : null;
    }

    private boolean isSigned(String algorithm, String accessKey, String[] parts) {
        @Nullable String secret = secretOf(accessKey);
        byte @Nullable [] given = bytes(parts[2]);
        @Nullable
        String mac = switch (algorithm) {
            case "HS256" -> "HmacSHA256";
            case "HS512" -> "HmacSHA512";
            default -> null;
        };
        return secret != null
                && given != null
                && mac != null
                && MessageDigest.isEqual(given, signature(mac, secret, parts[0] + '.' + parts[1]));
    }

    private @Nullable String secretOf(String accessKey) {
        return settings.keys().stream()
                .filter(each -> each.startsWith(accessKey + ':') && !expired.contains(each))
                .map(each -> each.substring(accessKey.length() + 1))
                .findFirst()
                .orElse(null);
    }

    static byte[] signature(String mac, String secret, String text) {
        try {
            Mac signer = Mac.getInstance(mac);
            signer.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac));
            return signer.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + mac, e);
        }
    }

    private static @Nullable JsonObject decoded(String part) {
        byte @Nullable [] bytes = bytes(part);
        if (bytes == null) {
            return null;
        }
        try {
            return new JsonObject(new String(bytes, StandardCharsets.UTF_8));
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    private static byte @Nullable [] bytes(String part) {
        try {
            return part.endsWith("=") ? null : Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
