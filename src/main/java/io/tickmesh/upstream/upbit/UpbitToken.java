package io.tickmesh.upstream.upbit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tickmesh.config.Secret;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The token that a private connection shows: a JWT signed with HS512, good for one use. */
final class UpbitToken {
    private static final String ALGORITHM = "HmacSHA512";
    private static final String HEADER = "{\"alg\":\"HS512\",\"typ\":\"JWT\"}";
    private static final JsonFactory WRITER = new JsonFactory();

    private UpbitToken() {}

    /** The token of a nonce, which must be a new one each time. */
    static Secret of(Secret accessKey, Secret secretKey, String nonce) {
        String signed = encoded(bytes(HEADER)) + '.' + encoded(bytes(payload(accessKey, nonce)));
        return new Secret(signed + '.' + encoded(signature(bytes(signed), bytes(secretKey.reveal()))));
    }

    private static String payload(Secret accessKey, String nonce) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = WRITER.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("access_key", accessKey.reveal());
            json.writeStringField("nonce", nonce);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static byte[] signature(byte[] signed, byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no " + ALGORITHM, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
