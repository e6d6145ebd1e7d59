import java.security.KeyStore;
import java.util.List;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.WSEncryptionPart;
import org.apache.ws.security.WSPasswordCallback;
import org.apache.ws.security.WSSConfig;
import org.apache.ws.security.components.crypto.Crypto;
import org.apache.ws.security.message.WSSecEncrypt;
import org.apache.ws.security.message.WSSecHeader;
import org.apache.ws.security.message.WSSecSignature;
import org.w3c.dom.Document;

/** How WSS4J 1.6 is set up wherever it is measured: DOM without DTDs, RSA with SHA-256, AES-256-GCM under RSA-OAEP. */
final class Wss4j {
    static final String PASSWORD = "unused";
    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";

    static final CallbackHandler PASSWORDS = callbacks -> {
        for (Callback callback : callbacks) {
            if (callback instanceof WSPasswordCallback wanted) wanted.setPassword(PASSWORD);
        }
    };

    private Wss4j() {}

    /** Signs Body and Timestamp with the key of {@code alias}. */
    static void sign(Document document, WSSecHeader header, WSSConfig configuration, Crypto keys, String alias) throws Exception {
        WSSecSignature signature = new WSSecSignature(configuration);
        signature.setUserInfo(alias, PASSWORD);
        signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
        signature.setSignatureAlgorithm("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
        signature.setDigestAlgo("http://www.w3.org/2001/04/xmlenc#sha256");
        signature.setParts(List.of(
            new WSEncryptionPart("Body", ENVELOPE, "Element"),
            new WSEncryptionPart("Timestamp", WSConstants.WSU_NS, "Element")));
        signature.build(document, keys, header);
    }

    /** Encrypts Body's content for the certificate of {@code alias}. */
    static void encrypt(Document document, WSSecHeader header, WSSConfig configuration, Crypto keys, String alias) throws Exception {
        WSSecEncrypt encryption = new WSSecEncrypt(configuration);
        encryption.setUserInfo(alias);
        encryption.setKeyIdentifierType(WSConstants.ISSUER_SERIAL);
        encryption.setSymmetricEncAlgorithm("http://www.w3.org/2009/xmlenc11#aes256-gcm");
        encryption.setKeyEnc(WSConstants.KEYTRANSPORT_RSAOEP);
        encryption.setParts(List.of(new WSEncryptionPart("Body", ENVELOPE, "Content")));
        encryption.build(document, keys, header);
    }

    static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder();
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
    }

    static Transformer transformer() {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            return transformer;
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
    }

    static KeyStore store() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
