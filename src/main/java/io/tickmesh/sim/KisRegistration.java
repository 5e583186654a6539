package io.tickmesh.sim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a session has registered.
 *
 * @param secret 32 characters
 * @param iv 16 characters
 */
record KisRegistration(KisChannel channel, String key, String secret, String iv) {
    static String id(String trId, String trKey) {
        return trId + '|' + trKey;
    }

    String id() {
        return id(channel.trId(), key);
    }

    /** The frame of one encrypted record. */
    String frame(String plain) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "AES"),
                    new IvParameterSpec(iv.getBytes(StandardCharsets.US_ASCII)));
            byte[] sealed = cipher.doFinal(plain.getBytes(StandardCharsets.UTF_8));
            return "1|" + channel.trId() + "|001|" + Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }
}
