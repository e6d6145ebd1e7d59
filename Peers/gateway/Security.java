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
import javax.xml.parsers.DocumentBuilder;
import javax.xml.transform.Transformer;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.WSSConfig;
import org.apache.ws.security.WSSecurityEngine;
import org.apache.ws.security.components.crypto.Merlin;
import org.apache.ws.security.handler.RequestData;
import org.apache.ws.security.message.WSSecHeader;
import org.apache.ws.security.message.WSSecTimestamp;
import org.apache.ws.security.util.WSSecurityUtil;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** WSS4J 1.6 over DOM; keys and settings are made once, parsers once a thread. It checks less than Rekey does: no policy of parts. */
final class Security {
    private final WSSConfig configuration;
    private final Merlin own = new Merlin();
    private final Map<String, Merlin> trusted = new HashMap<>();
    private final ThreadLocal<DocumentBuilder> builders = ThreadLocal.withInitial(Wss4j::builder);
    private final ThreadLocal<Transformer> transformers = ThreadLocal.withInitial(Wss4j::transformer);

    /** The folder holds NAME.crt.pem of sender, tenant and receiver, and tenant.key.pem. */
    Security(Path folder) throws Exception {
        WSSConfig.init();
        configuration = WSSConfig.getNewInstance();
        configuration.setTimeStampTTL(3600);
        KeyStore keys = Wss4j.store();
        X509Certificate[] chain = {certificate(folder.resolve("tenant.crt.pem"))};
        keys.setKeyEntry("tenant", key(folder.resolve("tenant.key.pem")), Wss4j.PASSWORD.toCharArray(), chain);
        for (String partner : List.of("sender", "receiver")) {
            X509Certificate certificate = certificate(folder.resolve(partner + ".crt.pem"));
            keys.setCertificateEntry(partner, certificate);
            KeyStore certificates = Wss4j.store();
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
        request.setCallbackHandler(Wss4j.PASSWORDS);
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
        Wss4j.sign(document, header, configuration, own, "tenant");
        if (recipient != null) Wss4j.encrypt(document, header, configuration, own, recipient);
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 15);
        transformers.get().transform(new DOMSource(document), new StreamResult(out));
        return out.toByteArray();
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
