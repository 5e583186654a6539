package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts an account's tokens with a key that follows from the account's own secrets (HKDF with SHA-256, then AES-256-GCM):
 * whoever can read it could have had the tokens issued. A text of another feed, of another REST address or of a changed
 * secret does not open.
 */
final class TokenSeal {
    private static final String FORM = "1.";
    private static final String PURPOSE = "tickmesh tokens 1";
    private static final String HASH = "HmacSHA256";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int LONGEST = 1 << 16;
    private static final int MOST_TOKENS = 16;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    TokenSeal(FeedConfig feed) {
        try {
            byte[] extracted = hash(utf8(PURPOSE), secretsOf(feed.credentials()));
            byte[] purpose = utf8(feed.provider() + '\n' + feed.id() + '\n' + feed.restUrl() + '\u0001');
            key = new SecretKeySpec(hash(extracted, purpose), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HASH, e);
        }
    }

    private static byte[] secretsOf(Map<String, Secret> credentials) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(all)) {
            for (Map.Entry<String, Secret> each : new TreeMap<>(credentials).entrySet()) {
                out.writeUTF(each.getKey());
                out.writeUTF(each.getValue().reveal());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }

    private static byte[] hash(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HASH);
        mac.init(new SecretKeySpec(key, HASH));
        return mac.doFinal(data);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    String close(List<TokenRecord> records) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(written(records));
            byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
            System.arraycopy(encrypted, 0, both, NONCE_BYTES, encrypted.length);
            return FORM + Base64.getUrlEncoder().withoutPadding().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    /** What was closed, or null if the text is not one that this account has closed. */
    @Nullable
    List<TokenRecord> open(String sealed) {
        if (!sealed.startsWith(FORM) || sealed.length() > LONGEST) {
            return null;
        }
        try {
            byte[] both = Base64.getUrlDecoder().decode(sealed.substring(FORM.length()));
            if (both.length < NONCE_BYTES + TAG_BITS / 8) {
                return null;
            }
            byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
            return read(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES));
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            return null;
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(utf8(PURPOSE));
        return cipher;
    }

    private static byte[] written(List<TokenRecord> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(records.size());
            for (TokenRecord each : records) {
                Secret token = each.token();
                out.writeUTF(each.name());
                out.writeUTF(token == null ? "" : token.reveal());
                out.writeLong(each.goodUntil());
                out.writeLong(each.life());
                out.writeLong(each.changedAt());
                out.writeLong(each.askAt());
                out.writeBoolean(each.replacing());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<TokenRecord> read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int count = in.readUnsignedByte();
            if (count > MOST_TOKENS) {
                throw new IOException("too many");
            }
            List<TokenRecord> records = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = in.readUTF();
                String token = in.readUTF();
                records.add(new TokenRecord(
                        name,
                        token.isEmpty() ? null : new Secret(token),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readBoolean()));
            }
            return records;
        }
    }
}
