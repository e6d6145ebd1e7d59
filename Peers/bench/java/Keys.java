import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The key pairs of a run: NAME.key.pem (PKCS#8) and NAME.crt.pem, of the signer and of the receiver. */
final class Keys {
    final X509Certificate signer;
    final PrivateKey signerKey;
    final X509Certificate receiver;
    final PrivateKey receiverKey;

    Keys(Path folder) throws Exception {
        signer = certificate(folder.resolve("signer.crt.pem"));
        signerKey = key(folder.resolve("signer.key.pem"));
        receiver = certificate(folder.resolve("receiver.crt.pem"));
        receiverKey = key(folder.resolve("receiver.key.pem"));
    }

    private static X509Certificate certificate(Path file) throws Exception {
        try (var octets = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(octets);
        }
    }

    private static PrivateKey key(Path file) throws Exception {
        String text = Files.readString(file).replaceAll("-----[^-]+-----", "");
        var octets = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text));
        return KeyFactory.getInstance("RSA").generatePrivate(octets);
    }
}
