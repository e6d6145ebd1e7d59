import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.WSEncryptionPart;
import org.apache.ws.security.WSPasswordCallback;
import org.apache.ws.security.WSSConfig;
import org.apache.ws.security.WSSecurityEngine;
import org.apache.ws.security.components.crypto.Merlin;
import org.apache.ws.security.handler.RequestData;
import org.apache.ws.security.message.WSSecEncrypt;
import org.apache.ws.security.message.WSSecHeader;
import org.apache.ws.security.message.WSSecSignature;
import org.apache.ws.security.message.WSSecTimestamp;
import org.apache.ws.security.util.WSSecurityUtil;
import org.w3c.dom.Document;

/** WSS4J 1.6 over DOM: octets in, and octets or the processed document out; factories, keys and settings are made once. */
final class Wss4jStack implements Bench.Stack {
    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String PASSWORD = "unused";
    private static final int DAY = 86_400;

    private final WSSConfig configuration;
    private final DocumentBuilder builder;
    private final Transformer transformer;
    private final Merlin own = new Merlin();
    private final Merlin trusted = new Merlin();

    Wss4jStack(Keys keys) throws Exception {
        WSSConfig.init();
        configuration = WSSConfig.getNewInstance();
        configuration.setTimeStampTTL(DAY);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        builder = factory.newDocumentBuilder();
        transformer = TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        KeyStore store = store();
        store.setKeyEntry("signer", keys.signerKey, PASSWORD.toCharArray(), new X509Certificate[] {keys.signer});
        store.setKeyEntry("receiver", keys.receiverKey, PASSWORD.toCharArray(), new X509Certificate[] {keys.receiver});
        own.setKeyStore(store);
        KeyStore certificates = store();
        certificates.setCertificateEntry("signer", keys.signer);
        trusted.setKeyStore(certificates);
    }

    @Override
    public Bench.Work work(String operation, byte[] input) {
        return switch (operation) {
            case "sign" -> () -> protect(input, true, false);
            case "encrypt" -> () -> protect(input, false, true);
            case "sign+encrypt" -> () -> protect(input, true, true);
            case "verify", "decrypt", "verify+decrypt" -> () -> process(input);
            default -> null;
        };
    }

    private byte[] protect(byte[] input, boolean signs, boolean encrypts) throws Exception {
        Document document = builder.parse(new ByteArrayInputStream(input));
        WSSecHeader header = new WSSecHeader();
        header.insertSecurityHeader(document);
        WSSecTimestamp timestamp = new WSSecTimestamp(configuration);
        timestamp.setTimeToLive(DAY);
        timestamp.build(document, header);
        if (signs) sign(document, header);
        if (encrypts) encrypt(document, header);
        ByteArrayOutputStream out = new ByteArrayOutputStream(input.length + (1 << 14));
        transformer.transform(new DOMSource(document), new StreamResult(out));
        return out.toByteArray();
    }

    private void sign(Document document, WSSecHeader header) throws Exception {
        WSSecSignature signature = new WSSecSignature(configuration);
        signature.setUserInfo("signer", PASSWORD);
        signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
        signature.setSignatureAlgorithm("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
        signature.setDigestAlgo("http://www.w3.org/2001/04/xmlenc#sha256");
        signature.setParts(List.of(
            new WSEncryptionPart("Body", ENVELOPE, "Element"),
            new WSEncryptionPart("Timestamp", WSConstants.WSU_NS, "Element")));
        signature.build(document, own, header);
    }

    private void encrypt(Document document, WSSecHeader header) throws Exception {
        WSSecEncrypt encryption = new WSSecEncrypt(configuration);
        encryption.setUserInfo("receiver");
        encryption.setKeyIdentifierType(WSConstants.ISSUER_SERIAL);
        encryption.setSymmetricEncAlgorithm("http://www.w3.org/2009/xmlenc11#aes256-gcm");
        encryption.setKeyEnc(WSConstants.KEYTRANSPORT_RSAOEP);
        encryption.setParts(List.of(new WSEncryptionPart("Body", ENVELOPE, "Content")));
        encryption.build(document, own, header);
    }

    private Document process(byte[] input) throws Exception {
        Document document = builder.parse(new ByteArrayInputStream(input));
        RequestData request = new RequestData();
        request.setWssConfig(configuration);
        request.setSigCrypto(trusted);
        request.setDecCrypto(own);
        request.setCallbackHandler(PASSWORDS);
        WSSecurityEngine engine = new WSSecurityEngine();
        engine.setWssConfig(configuration);
        engine.processSecurityHeader(WSSecurityUtil.getSecurityHeader(document, ""), request);
        return document;
    }

    private static final CallbackHandler PASSWORDS = callbacks -> {
        for (Callback callback : callbacks) {
            if (callback instanceof WSPasswordCallback wanted) wanted.setPassword(PASSWORD);
        }
    };

    private static KeyStore store() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
