import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.WSDataRef;
import org.apache.ws.security.WSPasswordCallback;
import org.apache.ws.security.WSSConfig;
import org.apache.ws.security.WSSecurityEngine;
import org.apache.ws.security.WSSecurityEngineResult;
import org.apache.ws.security.handler.RequestData;
import org.apache.ws.security.message.token.SignatureConfirmation;
import org.apache.ws.security.util.WSSecurityUtil;
import org.w3c.dom.Element;

/** Processes a Security header, with the Basic Security Profile's checks on, and says what it covered. */
final class Processing {
    /** The local names of the elements that a valid signature covered. */
    final Set<String> signed = new TreeSet<>();
    /** The local names of the elements that were decrypted, or whose content was. */
    final Set<String> encrypted = new TreeSet<>();
    /** The certificate of the signature; null when there was none. */
    X509Certificate signer;
    /** The values that the message confirms, in Base64; an empty one where it says that the request had no signature. */
    final Set<String> confirmed = new TreeSet<>();
    /** The user of a UsernameToken; null when there was none. */
    String user;

    private static final Map<String, String> NAMES = Map.of(
        "body", "Body", "timestamp", "Timestamp", "header", "MessageID", "token", "BinarySecurityToken", "str", "BinarySecurityToken",
        "username", "UsernameToken", "signature", "Signature", "confirmation", "SignatureConfirmation");

    /** The local names of the elements that a job's words for parts stand for. */
    static Set<String> names(Set<String> words) throws Refusal {
        Set<String> names = new TreeSet<>();
        for (String word : words) names.add(Algorithms.pick(NAMES, word));
        return names;
    }

    /** Processes the header for `actor`; empty for the ultimate receiver. */
    Processing(Envelope envelope, KeyRing keys, WSSConfig configuration, String actor) throws Exception {
        Element header = WSSecurityUtil.getSecurityHeader(envelope.document, actor);
        if (header == null) throw new Refusal("the envelope has no Security header");
        RequestData request = new RequestData();
        request.setWssConfig(configuration);
        request.setSigCrypto(keys.trustCrypto());
        request.setDecCrypto(keys.ownCrypto());
        request.setCallbackHandler(password());
        WSSecurityEngine engine = new WSSecurityEngine();
        engine.setWssConfig(configuration);
        for (WSSecurityEngineResult result : engine.processSecurityHeader(header, request)) note(result);
    }

    void require(Set<String> signed, Set<String> encrypted) throws Refusal {
        if (!this.signed.containsAll(signed)) throw new Refusal("signed are " + this.signed + ", wanted " + signed);
        if (!this.encrypted.containsAll(encrypted)) {
            throw new Refusal("encrypted are " + this.encrypted + ", wanted " + encrypted);
        }
    }

    private void note(WSSecurityEngineResult result) {
        int action = (Integer) result.get(WSSecurityEngineResult.TAG_ACTION);
        if (action == WSConstants.UT) user = ((Principal) result.get(WSSecurityEngineResult.TAG_PRINCIPAL)).getName();
        if (action == WSConstants.SIGN) signer = (X509Certificate) result.get(WSSecurityEngineResult.TAG_X509_CERTIFICATE);
        if (action == WSConstants.SC) {
            byte[] value = ((SignatureConfirmation) result.get(WSSecurityEngineResult.TAG_SIGNATURE_CONFIRMATION)).getSignatureValue();
            confirmed.add(value == null ? "" : Base64.getEncoder().encodeToString(value));
        }
        Set<String> covered = action == WSConstants.SIGN ? signed : action == WSConstants.ENCR ? encrypted : null;
        @SuppressWarnings("unchecked")
        List<WSDataRef> references = (List<WSDataRef>) result.get(WSSecurityEngineResult.TAG_DATA_REF_URIS);
        if (covered == null || references == null) return;
        for (WSDataRef reference : references) covered.add(localName(reference));
    }

    /** The last step of the reference's path: of content, the element that holds it; what has none is a token by STR-Transform. */
    private static String localName(WSDataRef reference) {
        if (reference.getXpath() == null) return NAMES.get("str");
        String path = reference.getXpath();
        return path.substring(path.lastIndexOf('/') + 1).replaceAll(".*:", "");
    }

    private static CallbackHandler password() {
        return callbacks -> {
            for (Callback callback : callbacks) {
                if (!(callback instanceof WSPasswordCallback wanted)) continue;
                boolean asksForUser = wanted.getUsage() == WSPasswordCallback.USERNAME_TOKEN;
                wanted.setPassword(asksForUser ? Protection.PASSWORD : new String(KeyRing.PASSWORD));
            }
        };
    }
}
