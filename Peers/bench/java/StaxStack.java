import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.cert.X509Certificate;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.apache.xml.security.stax.ext.InboundXMLSec;
import org.apache.xml.security.stax.ext.OutboundXMLSec;
import org.apache.xml.security.stax.ext.SecurePart;
import org.apache.xml.security.stax.ext.XMLSec;
import org.apache.xml.security.stax.ext.XMLSecurityConstants;
import org.apache.xml.security.stax.ext.XMLSecurityProperties;
import org.apache.xml.security.stax.securityToken.SecurityTokenConstants;

/** Santuario's streaming core, on which WSS4J 2 rests: signature and encryption of Body, without a Security header. */
final class StaxStack implements Bench.Stack {
    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
    private static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";

    private final XMLInputFactory factory = XMLInputFactory.newInstance();
    private final Keys keys;

    StaxStack(Keys keys) {
        this.keys = keys;
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    }

    @Override
    public Bench.Work work(String operation, byte[] input) throws Exception {
        switch (operation) {
            case "sign": return writing(outbound(true, false), input);
            case "encrypt": return writing(outbound(false, true), input);
            case "verify": return reading(inbound(true, false), input);
            case "decrypt": return reading(inbound(false, true), input);
            // The two together it reads only behind a WSS4J header.
            default: return null;
        }
    }

    private OutboundXMLSec outbound(boolean signs, boolean encrypts) throws Exception {
        XMLSecurityProperties properties = new XMLSecurityProperties();
        if (signs) {
            properties.addAction(XMLSecurityConstants.SIGNATURE);
            properties.setSignatureKey(keys.signerKey);
            properties.setSignatureCerts(new X509Certificate[] {keys.signer});
            properties.setSignatureAlgorithm("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
            properties.setSignatureDigestAlgorithm(SHA256);
            properties.setSignatureCanonicalizationAlgorithm(EXCLUSIVE);
            properties.setSignatureKeyIdentifier(SecurityTokenConstants.KeyIdentifier_X509KeyIdentifier);
            properties.setSignaturePosition(0);
            properties.addSignaturePart(new SecurePart(
                new QName(ENVELOPE, "Body"), SecurePart.Modifier.Element, new String[] {EXCLUSIVE}, SHA256));
        }
        if (encrypts) {
            properties.addAction(XMLSecurityConstants.ENCRYPT);
            properties.setEncryptionTransportKey(keys.receiver.getPublicKey());
            properties.setEncryptionUseThisCertificate(keys.receiver);
            properties.setEncryptionKeyIdentifier(SecurityTokenConstants.KeyIdentifier_X509KeyIdentifier);
            properties.setEncryptionKeyTransportAlgorithm("http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p");
            properties.setEncryptionKeyTransportDigestAlgorithm("http://www.w3.org/2000/09/xmldsig#sha1");
            properties.setEncryptionSymAlgorithm("http://www.w3.org/2009/xmlenc11#aes256-gcm");
            properties.addEncryptionPart(new SecurePart(new QName(ENVELOPE, "Body"), SecurePart.Modifier.Content));
        }
        return XMLSec.getOutboundXMLSec(properties);
    }

    private InboundXMLSec inbound(boolean verifies, boolean decrypts) throws Exception {
        XMLSecurityProperties properties = new XMLSecurityProperties();
        if (verifies) properties.setSignatureVerificationKey(keys.signer.getPublicKey());
        if (decrypts) properties.setDecryptionKey(keys.receiverKey);
        return XMLSec.getInboundWSSec(properties);
    }

    private Bench.Work writing(OutboundXMLSec security, byte[] input) {
        return () -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream(input.length * 2 + 8192);
            XMLStreamWriter writer = security.processOutMessage(out, "UTF-8");
            copy(factory.createXMLStreamReader(new ByteArrayInputStream(input)), writer);
            writer.close();
            return out.toByteArray();
        };
    }

    private Bench.Work reading(InboundXMLSec security, byte[] input) {
        return () -> {
            XMLStreamReader plain = factory.createXMLStreamReader(new ByteArrayInputStream(input));
            XMLStreamReader reader = security.processInMessage(plain, null, null);
            int events = 0;
            while (reader.hasNext()) {
                reader.next();
                events++;
            }
            return events;
        };
    }

    private static void copy(XMLStreamReader reader, XMLStreamWriter writer) throws XMLStreamException {
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> start(reader, writer);
                case XMLStreamConstants.END_ELEMENT -> writer.writeEndElement();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE, XMLStreamConstants.CDATA ->
                    writer.writeCharacters(reader.getText());
                case XMLStreamConstants.END_DOCUMENT -> writer.writeEndDocument();
                default -> { }
            }
        }
    }

    private static void start(XMLStreamReader reader, XMLStreamWriter writer) throws XMLStreamException {
        writer.writeStartElement(text(reader.getPrefix()), reader.getLocalName(), text(reader.getNamespaceURI()));
        for (int index = 0; index < reader.getNamespaceCount(); index++) {
            writer.writeNamespace(text(reader.getNamespacePrefix(index)), text(reader.getNamespaceURI(index)));
        }
        for (int index = 0; index < reader.getAttributeCount(); index++) {
            String namespace = text(reader.getAttributeNamespace(index));
            String name = reader.getAttributeLocalName(index);
            if (namespace.isEmpty()) {
                writer.writeAttribute(name, reader.getAttributeValue(index));
            } else {
                writer.writeAttribute(
                    text(reader.getAttributePrefix(index)), namespace, name, reader.getAttributeValue(index));
            }
        }
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
