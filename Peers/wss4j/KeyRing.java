import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import org.apache.ws.security.components.crypto.Merlin;

/** The keys of one operation as WSS4J wants them: an own key pair and certificates that are trusted or encrypted to. */
final class KeyRing {
    static final String OWN = "own";
    static final String RECIPIENT = "recipient";
    static final char[] PASSWORD = "unused".toCharArray();

    private final KeyStore keys;
    private final KeyStore trusted;

    KeyRing() throws Exception {
        keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
    }

    /** Takes PREFIX.key.pem and PREFIX.crt.pem as the own key pair. */
    KeyRing own(String prefix) throws Exception {
        X509Certificate certificate = Pem.certificateFile(prefix + ".crt.pem");
        var key = Pem.privateKeyFile(prefix + ".key.pem", certificate);
        keys.setKeyEntry(OWN, key, PASSWORD, new X509Certificate[] {certificate});
        return this;
    }

    KeyRing recipient(X509Certificate certificate) throws Exception {
        keys.setCertificateEntry(RECIPIENT, certificate);
        return this;
    }

    KeyRing trust(List<X509Certificate> certificates) throws Exception {
        for (X509Certificate certificate : certificates) {
            trusted.setCertificateEntry("trusted " + Pem.fingerprint(certificate), certificate);
        }
        return this;
    }

    /** For signing, encrypting and decrypting. */
    Merlin ownCrypto() {
        Merlin crypto = new Merlin();
        crypto.setKeyStore(keys);
        return crypto;
    }

    /** For verifying: nothing but the trusted certificates is known. */
    Merlin trustCrypto() {
        Merlin crypto = new Merlin();
        crypto.setKeyStore(trusted);
        crypto.setTrustStore(trusted);
        return crypto;
    }
}
