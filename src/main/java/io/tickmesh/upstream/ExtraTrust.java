package io.tickmesh.upstream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's trusted certificates and those of a PEM file together: some of a provider's servers leave out the
 * intermediate one. Verification itself is never weakened.
 */
final class ExtraTrust {
    private ExtraTrust() {}

    /** Reads the file anew, off the event loop; fails with a text that says what is wrong with it. */
    static Future<TrustOptions> from(Vertx vertx, String caFile) {
        return vertx.executeBlocking(() -> TrustOptions.wrap(jdkAnd(caFile)));
    }

    private static TrustManagerFactory jdkAnd(String caFile) throws GeneralSecurityException {
        KeyStore both = emptyStore();
        int entry = 0;
        for (Certificate known : knownToTheJdk()) {
            both.setCertificateEntry("jdk-" + entry++, known);
        }
        Collection<? extends Certificate> fromFile = read(caFile);
        if (fromFile.isEmpty()) {
            throw new CertificateException("ca_file '" + caFile + "' holds no certificate");
        }
        for (Certificate added : fromFile) {
            both.setCertificateEntry("file-" + entry++, added);
        }
        return factory(both);
    }

    /** Its failures carry no cause: their own text is what an operator has to read. */
    private static Collection<? extends Certificate> read(String caFile) throws CertificateException {
        try (InputStream in = Files.newInputStream(Path.of(caFile))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (NoSuchFileException e) {
            throw new CertificateException("ca_file '" + caFile + "' does not exist");
        } catch (IOException | IllegalArgumentException e) {
            throw new CertificateException("ca_file '" + caFile + "' cannot be read: " + e.getMessage());
        } catch (CertificateException e) {
            throw new CertificateException("ca_file '" + caFile + "' is no PEM file: " + e.getMessage());
        }
    }

    private static Collection<? extends Certificate> knownToTheJdk() throws GeneralSecurityException {
        for (TrustManager manager : factory(null).getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return List.of(x509.getAcceptedIssuers());
            }
        }
        return List.of();
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("an empty key store reads nothing", e);
        }
        return store;
    }
}
