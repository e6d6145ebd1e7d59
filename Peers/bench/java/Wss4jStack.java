import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.transform.Transformer;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.ws.security.WSSConfig;
import org.apache.ws.security.WSSecurityEngine;
import org.apache.ws.security.components.crypto.Merlin;
import org.apache.ws.security.handler.RequestData;
import org.apache.ws.security.message.WSSecHeader;
import org.apache.ws.security.message.WSSecTimestamp;
import org.apache.ws.security.util.WSSecurityUtil;
import org.w3c.dom.Document;

/** WSS4J 1.6 over DOM: octets in, and octets or the processed document out; factories, keys and settings are made once. */
final class Wss4jStack implements Bench.Stack {
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
        builder = Wss4j.builder();
        transformer = Wss4j.transformer();
        KeyStore store = Wss4j.store();
        store.setKeyEntry("signer", keys.signerKey, Wss4j.PASSWORD.toCharArray(), new X509Certificate[] {keys.signer});
        store.setKeyEntry("receiver", keys.receiverKey, Wss4j.PASSWORD.toCharArray(), new X509Certificate[] {keys.receiver});
        own.setKeyStore(store);
        KeyStore certificates = Wss4j.store();
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
        if (signs) Wss4j.sign(document, header, configuration, own, "signer");
        if (encrypts) Wss4j.encrypt(document, header, configuration, own, "receiver");
        ByteArrayOutputStream out = new ByteArrayOutputStream(input.length + (1 << 14));
        transformer.transform(new DOMSource(document), new StreamResult(out));
        return out.toByteArray();
    }

    private Document process(byte[] input) throws Exception {
        Document document = builder.parse(new ByteArrayInputStream(input));
        RequestData request = new RequestData();
        request.setWssConfig(configuration);
        request.setSigCrypto(trusted);
        request.setDecCrypto(own);
        request.setCallbackHandler(Wss4j.PASSWORDS);
        WSSecurityEngine engine = new WSSecurityEngine();
        engine.setWssConfig(configuration);
        engine.processSecurityHeader(WSSecurityUtil.getSecurityHeader(document, ""), request);
        return document;
    }
}
