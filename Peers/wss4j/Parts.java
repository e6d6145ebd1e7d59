import java.util.ArrayList;
import java.util.List;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.WSEncryptionPart;

/** The words of a job for parts of a message: body, timestamp, header (wsa:MessageID), username, signature, confirmation, str (the token by STR-Transform). */
final class Parts {
    static final String ADDRESSING = "http://www.w3.org/2005/08/addressing";

    private Parts() {}

    static List<WSEncryptionPart> signed(List<String> words, String soap) throws Refusal {
        List<WSEncryptionPart> parts = new ArrayList<>();
        for (String word : words) {
            parts.add(switch (word) {
                case "body" -> new WSEncryptionPart("Body", soap, "Element");
                case "timestamp" -> new WSEncryptionPart("Timestamp", WSConstants.WSU_NS, "Element");
                case "header" -> new WSEncryptionPart("MessageID", ADDRESSING, "Element");
                case "username" -> new WSEncryptionPart("UsernameToken", WSConstants.WSSE_NS, "Element");
                case "confirmation" -> new WSEncryptionPart("SignatureConfirmation", WSConstants.WSSE11_NS, "Element");
                case "str" -> new WSEncryptionPart("STRTransform", "", "Element");
                default -> throw new Refusal("no part to sign is called " + word);
            });
        }
        return parts;
    }

    static List<WSEncryptionPart> encrypted(List<String> words, String soap) throws Refusal {
        List<WSEncryptionPart> parts = new ArrayList<>();
        for (String word : words) {
            parts.add(switch (word) {
                case "body" -> new WSEncryptionPart("Body", soap, "Content");
                case "header" -> new WSEncryptionPart("MessageID", ADDRESSING, "Header");
                case "signature" -> new WSEncryptionPart("Signature", WSConstants.SIG_NS, "Element");
                case "username" -> new WSEncryptionPart("UsernameToken", WSConstants.WSSE_NS, "Element");
                default -> throw new Refusal("no part to encrypt is called " + word);
            });
        }
        return parts;
    }
}
