import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.ws.security.WSConstants;

/** How a message is protected; the words are those of a job line. */
record Settings(
    String signature, String digest, String canonicalization, int signatureReference, boolean usesChain, List<String> signed,
    String cipher, Algorithms.Transport transport, int encryptionReference, List<String> encrypted, boolean embedsKey, String username, String actor,
    byte[] secret) {

    private static final Map<String, Integer> KEY_REFERENCES = Map.of(
        "binarySecurityToken", WSConstants.BST_DIRECT_REFERENCE,
        "pkiPath", WSConstants.BST_DIRECT_REFERENCE,
        "issuerSerial", WSConstants.ISSUER_SERIAL,
        "subjectKeyIdentifier", WSConstants.SKI_KEY_IDENTIFIER,
        "thumbprint", WSConstants.THUMBPRINT_IDENTIFIER,
        "certificateIdentifier", WSConstants.X509_KEY_IDENTIFIER,
        "keyValue", WSConstants.KEY_VALUE,
        "encryptedKeySHA1", WSConstants.ENCRYPTED_KEY_SHA1_IDENTIFIER);

    /** Whether a shared secret takes the place of the keys, named as if it had been wrapped in an earlier message. */
    boolean sharesSecret() {
        return secret != null;
    }

    /** The SHA-1 by which the shared secret is named. */
    String secretName() throws Exception {
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(secret));
    }

    static Settings of(Map<String, String> words) throws Exception {
        return new Settings(
            Algorithms.pick(Algorithms.SIGNATURES, words.getOrDefault("signature", "rsa-sha256")),
            Algorithms.pick(Algorithms.DIGESTS, words.getOrDefault("digest", "sha256")),
            Algorithms.pick(Algorithms.CANONICALIZATIONS, words.getOrDefault("canonicalization", "exclusive")),
            reference(words.getOrDefault("signature-reference", "binarySecurityToken")),
            words.getOrDefault("signature-reference", "").equals("pkiPath"),
            List.of(words.getOrDefault("signed", "body,timestamp").split(",")),
            Algorithms.pick(Algorithms.CIPHERS, words.getOrDefault("cipher", "aes256-gcm")),
            Algorithms.Transport.of(words.getOrDefault("transport", "oaep-sha1")),
            reference(words.getOrDefault("encryption-reference", "binarySecurityToken")),
            List.of(words.getOrDefault("encrypted", "body").split(",")),
            words.getOrDefault("placement", "header").equals("data"),
            words.getOrDefault("username", "digest"),
            words.get("actor"),
            words.containsKey("secret") ? Files.readAllBytes(Path.of(words.get("secret"))) : null);
    }

    private static int reference(String word) throws Refusal {
        Integer value = KEY_REFERENCES.get(word);
        if (value == null) throw new Refusal("WSS4J writes no " + word);
        return value;
    }
}
