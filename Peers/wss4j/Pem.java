import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** Reads certificates and PKCS#8 private keys in PEM. */
final class Pem {
    private Pem() {}

    static X509Certificate certificate(String pem) throws Exception {
        var octets = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(octets);
    }

    static X509Certificate certificateFile(String path) throws Exception {
        return certificate(Files.readString(Path.of(path)));
    }

    /** The private key that belongs to `certificate`. */
    static PrivateKey privateKeyFile(String path, X509Certificate certificate) throws Exception {
        String base64 = Files.readString(Path.of(path)).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        var key = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
        return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm()).generatePrivate(key);
    }

    /** SHA-256 of the certificate: upper-case hexadecimal, colons between octets. */
    static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    }
}
