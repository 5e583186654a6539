package io.tickmesh.upstream.kis;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads what KIS encrypts: AES-256-CBC in Base64, by the keys that the answer to the registration named. */
final class KisCipher {
    private static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 16;

    private record Keys(SecretKeySpec key, IvParameterSpec iv) {}

    private final Map<KisChannel, Keys> keys = new EnumMap<>(KisChannel.class);

    /** Takes the keys of a channel; ones that cannot be keys are let be. */
    void keys(KisChannel channel, String key, String iv) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        byte[] ivBytes = iv.getBytes(StandardCharsets.UTF_8);
        if (keyBytes.length == KEY_BYTES && ivBytes.length == IV_BYTES) {
            keys.put(channel, new Keys(new SecretKeySpec(keyBytes, "AES"), new IvParameterSpec(ivBytes)));
        }
    }

    boolean knows(KisChannel channel) {
        return keys.containsKey(channel);
    }

    /** What was encrypted, or null if it cannot be read. */
    byte @Nullable [] plain(KisChannel channel, byte[] text, int from, int to) {
        @Nullable Keys known = keys.get(channel);
        if (known == null) {
            return null;
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, known.key, known.iv);
            return cipher.doFinal(Base64.getDecoder().decode(Arrays.copyOfRange(text, from, to)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }
}
