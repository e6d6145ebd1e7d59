import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.w3c.dom.Element;

/** WSS4J 1.6 over DOM; keys and settings are made once, parsers once a thread. It checks less than Rekey does: no policy of parts. */
final class Security {
    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String PASSWORD = "unused";

    private final WSSConfig configuration;
    private final Merlin own = new Merlin();
    private final Map<String, Merlin> trusted = new HashMap<>();
    private final ThreadLocal<DocumentBuilder> builders = ThreadLocal.withInitial(Security::builder);
    private final ThreadLocal<Transformer> transformers = ThreadLocal.withInitial(Security::transformer);

    /** The folder holds NAME.crt.pem of sender, tenant and receiver, and tenant.key.pem. */
    Security(Path folder) throws Exception {
        WSSConfig.init();
        configuration = WSSConfig.getNewInstance();
        configuration.setTimeStampTTL(3600);
        KeyStore keys = store();
        X509Certificate[] chain = {certificate(folder.resolve("tenant.crt.pem"))};
        keys.setKeyEntry("tenant", key(folder.resolve("tenant.key.pem")), PASSWORD.toCharArray(), chain);
        for (String partner : List.of("sender", "receiver")) {
            X509Certificate certificate = certificate(folder.resolve(partner + ".crt.pem"));
            keys.setCertificateEntry(partner, certificate);
            KeyStore certificates = store();
            certificates.setCertificateEntry(partner, certificate);
            Merlin trust = new Merlin();
            trust.setKeyStore(certificates);
            trusted.put(partner, trust);
        }
        own.setKeyStore(keys);
    }

    /** Verifies, decrypts, and takes the Security header away. */
    Document process(byte[] message, String partner) throws Exception {
        Document document = builders.get().parse(new ByteArrayInputStream(message));
        RequestData request = new RequestData();
        request.setWssConfig(configuration);
        request.setSigCrypto(trusted.get(partner));
        request.setDecCrypto(own);
        request.setCallbackHandler(PASSWORDS);
        WSSecurityEngine engine = new WSSecurityEngine();
        engine.setWssConfig(configuration);
        Element header = WSSecurityUtil.getSecurityHeader(document, "");
        var results = engine.processSecurityHeader(header, request);
        if (WSSecurityUtil.fetchActionResult(results, WSConstants.SIGN) == null) throw new SecurityException("not signed");
        header.getParentNode().removeChild(header);
        return document;
    }

    /** Signs Body and Timestamp, and encrypts Body's content when there is a recipient. */
    byte[] protect(Document document, String recipient) throws Exception {
        WSSecHeader header = new WSSecHeader();
        header.insertSecurityHeader(document);
        WSSecTimestamp timestamp = new WSSecTimestamp(configuration);
        timestamp.setTimeToLive(300);
        timestamp.build(document, header);
        sign(document, header);
        if (recipient != null) encrypt(document, header, recipient);
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 15);
        transformers.get().transform(new DOMSource(document), new StreamResult(out));
        return out.toByteArray();
    }

    private void sign(Document document, WSSecHeader header) throws Exception {
        WSSecSignature signature = new WSSecSignature(configuration);
        signature.setUserInfo("tenant", PASSWORD);
        signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
        signature.setSignatureAlgorithm("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
        signature.setDigestAlgo("http://www.w3.org/2001/04/xmlenc#sha256");
        signature.setParts(List.of(
            new WSEncryptionPart("Body", ENVELOPE, "Element"),
            new WSEncryptionPart("Timestamp", WSConstants.WSU_NS, "Element")));
        signature.build(document, own, header);
    }

    private void encrypt(Document document, WSSecHeader header, String recipient) throws Exception {
        WSSecEncrypt encryption = new WSSecEncrypt(configuration);
        encryption.setUserInfo(recipient);
        encryption.setKeyIdentifierType(WSConstants.ISSUER_SERIAL);
        encryption.setSymmetricEncAlgorithm("http://www.w3.org/2009/xmlenc11#aes256-gcm");
        encryption.setKeyEnc(WSConstants.KEYTRANSPORT_RSAOEP);
        encryption.setParts(List.of(new WSEncryptionPart("Body", ENVELOPE, "Content")));
        encryption.build(document, own, header);
    }

    private static final CallbackHandler PASSWORDS = callbacks -> {
        for (Callback callback : callbacks) {
            if (callback instanceof WSPasswordCallback wanted) wanted.setPassword(PASSWORD);
        }
    };

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder();
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
    }

    private static Transformer transformer() {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            return transformer;
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
    }

    private static KeyStore store() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static X509Certificate certificate(Path file) throws Exception {
        try (var octets = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(octets);
        }
    }

    private static PrivateKey key(Path file) throws Exception {
        String text = Files.readString(file).replaceAll("-----[^-]+-----", "");
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text)));
    }
}
