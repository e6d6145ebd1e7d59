import java.util.HashMap;
import java.util.Map;

/** The words of a job for algorithms, and their URIs. */
final class Algorithms {
    private static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    private static final String MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#";
    private static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
    private static final String XENC11 = "http://www.w3.org/2009/xmlenc11#";

    static final Map<String, String> DIGESTS = Map.of(
        "sha1", DS + "sha1", "sha224", MORE + "sha224", "sha256", XENC + "sha256", "sha384", MORE + "sha384", "sha512", XENC + "sha512");

    static final Map<String, String> CANONICALIZATIONS = Map.of(
        "exclusive", "http://www.w3.org/2001/10/xml-exc-c14n#",
        "inclusive", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "inclusive11", "http://www.w3.org/2006/12/xml-c14n11");

    static final Map<String, String> SIGNATURES = new HashMap<>();
    static final Map<String, String> CIPHERS = new HashMap<>();

    static {
        SIGNATURES.put("rsa-sha1", DS + "rsa-sha1");
        SIGNATURES.put("ecdsa-sha1", MORE + "ecdsa-sha1");
        for (String hash : new String[] {"sha224", "sha256", "sha384", "sha512"}) {
            SIGNATURES.put("rsa-" + hash, MORE + "rsa-" + hash);
            SIGNATURES.put("pss-" + hash, MORE_2007 + hash + "-rsa-MGF1");
            SIGNATURES.put("ecdsa-" + hash, MORE + "ecdsa-" + hash);
        }
        SIGNATURES.put("hmac-sha1", DS + "hmac-sha1");
        for (String hash : new String[] {"sha224", "sha256", "sha384", "sha512"}) SIGNATURES.put("hmac-" + hash, MORE + "hmac-" + hash);
        SIGNATURES.put("ed25519", "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519");
        CIPHERS.put("3des-cbc", XENC + "tripledes-cbc");
        for (int bits : new int[] {128, 192, 256}) {
            CIPHERS.put("aes" + bits + "-gcm", XENC11 + "aes" + bits + "-gcm");
            CIPHERS.put("aes" + bits + "-cbc", XENC + "aes" + bits + "-cbc");
        }
    }

    private Algorithms() {}

    /** How a key is wrapped: the URI, the digest and the mask generation of OAEP; null where the URI says it all. */
    record Transport(String uri, String digest, String mask) {
        /** rsa15, oaep-DIGEST (mask generation with SHA-1), or oaep11-DIGEST-MASK. */
        static Transport of(String word) throws Refusal {
            String[] parts = word.split("-");
            return switch (parts[0]) {
                case "rsa15" -> new Transport(XENC + "rsa-1_5", null, null);
                case "oaep" -> new Transport(XENC + "rsa-oaep-mgf1p", pick(DIGESTS, parts[1]), null);
                case "oaep11" -> new Transport(XENC11 + "rsa-oaep", pick(DIGESTS, parts[1]), XENC11 + "mgf1" + parts[2]);
                default -> throw new Refusal("no URI is known for " + word);
            };
        }
    }

    static <T> T pick(Map<String, T> values, String word) throws Refusal {
        T value = values.get(word);
        if (value == null) throw new Refusal("nothing is known for " + word);
        return value;
    }
}
