import java.util.Map;
import org.apache.ws.security.WSConstants;

/** How a message is protected; the words are those of a job line. */
record Settings(int keyReference, String signature, String digest, String cipher, String oaepDigest) {
    private static final Map<String, Integer> KEY_REFERENCES = Map.of(
        "binarySecurityToken", WSConstants.BST_DIRECT_REFERENCE,
        "issuerSerial", WSConstants.ISSUER_SERIAL,
        "subjectKeyIdentifier", WSConstants.SKI_KEY_IDENTIFIER,
        "thumbprint", WSConstants.THUMBPRINT_IDENTIFIER);

    private static final Map<String, String> CIPHERS = Map.of(
        "aes128-gcm", "http://www.w3.org/2009/xmlenc11#aes128-gcm",
        "aes256-gcm", "http://www.w3.org/2009/xmlenc11#aes256-gcm",
        "aes128-cbc", WSConstants.AES_128,
        "aes256-cbc", WSConstants.AES_256);

    private static final Map<String, String> DIGESTS = Map.of(
        "sha1", "http://www.w3.org/2000/09/xmldsig#sha1",
        "sha256", "http://www.w3.org/2001/04/xmlenc#sha256");

    private static final String SIGNATURE = "http://www.w3.org/2001/04/xmldsig-more#%s-sha256";

    static Settings of(Map<String, String> words) throws Refusal {
        return new Settings(
            pick(KEY_REFERENCES, words.getOrDefault("reference", "binarySecurityToken")),
            SIGNATURE.formatted(words.getOrDefault("key-kind", "rsa")),
            pick(DIGESTS, "sha256"),
            pick(CIPHERS, words.getOrDefault("cipher", "aes256-gcm")),
            pick(DIGESTS, words.getOrDefault("oaep", "sha1")));
    }

    private static <T> T pick(Map<String, T> values, String word) throws Refusal {
        T value = values.get(word);
        if (value == null) throw new Refusal("unknown word " + word + ", not one of " + values.keySet());
        return value;
    }
}
