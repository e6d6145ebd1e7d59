import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.apache.ws.security.WSConstants;
import org.apache.xml.security.keys.content.KeyName;
import org.apache.xml.security.keys.content.KeyValue;
import org.apache.xml.security.keys.content.X509Data;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** How a ds:KeyInfo names a certificate, written and compared. */
final class KeyNames {
    /** The name of the shared secret. */
    private static final String SECRET_NAME = "orders";
    private static final String X509 = WSConstants.X509TOKEN_NS;
    private static final String BASE64 = WSConstants.SOAPMESSAGE_NS + "#Base64Binary";
    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";

    private final SecurityHeader header;
    private final X509Certificate certificate;

    KeyNames(SecurityHeader header, X509Certificate certificate) {
        this.header = header;
        this.certificate = certificate;
    }

    /** Puts the reference into `info`; a token goes in front of the Security header's children. */
    void write(Element info, String word) throws Exception {
        if (word.equals("keyValue")) {
            info.appendChild(new KeyValue(header.document, certificate.getPublicKey()).getElement());
            return;
        }
        if (word.equals("x509Data")) {
            info.appendChild(x509Data(true));
            return;
        }
        if (word.equals("keyName")) {
            info.appendChild(new KeyName(header.document, SECRET_NAME).getElement());
            return;
        }
        Element reference = header.add(info, WSConstants.WSSE_NS, "wsse:SecurityTokenReference");
        // Santuario canonicalizes the declarations that are in the tree, and no others.
        reference.setAttributeNS(WSConstants.XMLNS_NS, "xmlns:wsse", WSConstants.WSSE_NS);
        switch (word) {
            case "binarySecurityToken" -> {
                Element token = token();
                header.element.insertBefore(token, header.element.getFirstChild());
                Element direct = header.add(reference, WSConstants.WSSE_NS, "wsse:Reference");
                direct.setAttributeNS(null, "URI", "#" + header.identify(token));
                direct.setAttributeNS(null, "ValueType", X509 + "#X509v3");
            }
            case "embedded" -> header.add(reference, WSConstants.WSSE_NS, "wsse:Embedded").appendChild(token());
            case "thumbprint" -> identifier(reference, WSConstants.SOAPMESSAGE_NS11 + "#" + WSConstants.THUMBPRINT, thumbprint());
            case "subjectKeyIdentifier" -> identifier(reference, X509 + "#X509SubjectKeyIdentifier", subjectKeyIdentifier());
            case "issuerSerial" -> reference.appendChild(x509Data(false));
            case "x509DataReference" -> reference.appendChild(x509Data(true));
            default -> throw new Refusal("no way is known to write " + word);
        }
    }

    /** Whether `info` names the certificate or its key. */
    boolean fit(Element info) throws Exception {
        Element found = first(info, WSConstants.WSSE_NS, "Reference");
        if (found != null) return found.getAttribute("URI").substring(1).equals(tokenId());
        found = first(info, WSConstants.WSSE_NS, "BinarySecurityToken");
        if (found == null) found = first(info, WSConstants.SIG_NS, "X509Certificate");
        if (found != null) return Arrays.equals(octets(found), certificate.getEncoded());
        found = first(info, WSConstants.WSSE_NS, "KeyIdentifier");
        if (found != null) return Arrays.equals(octets(found), thumbprint()) || Arrays.equals(octets(found), subjectKeyIdentifier());
        found = first(info, WSConstants.SIG_NS, "X509SerialNumber");
        if (found != null) return found.getTextContent().strip().equals(certificate.getSerialNumber().toString());
        found = first(info, WSConstants.SIG_NS, "KeyValue");
        return found != null && new KeyValue(found, "").getPublicKey().equals(certificate.getPublicKey());
    }

    /** The wsu:Id of the header's token with the certificate's octets; empty when there is none. */
    private String tokenId() throws Exception {
        NodeList tokens = header.element.getElementsByTagNameNS(WSConstants.WSSE_NS, "BinarySecurityToken");
        for (int index = 0; index < tokens.getLength(); index++) {
            Element token = (Element) tokens.item(index);
            if (Arrays.equals(octets(token), certificate.getEncoded())) return token.getAttributeNS(WSConstants.WSU_NS, "Id");
        }
        return "";
    }

    private Element x509Data(boolean holdsCertificate) throws Exception {
        X509Data data = new X509Data(header.document);
        if (holdsCertificate) data.addCertificate(certificate);
        else data.addIssuerSerial(certificate.getIssuerX500Principal().getName(), certificate.getSerialNumber());
        return data.getElement();
    }

    private Element token() throws Exception {
        Element token = header.document.createElementNS(WSConstants.WSSE_NS, "wsse:BinarySecurityToken");
        token.setAttributeNS(null, "EncodingType", BASE64);
        token.setAttributeNS(null, "ValueType", X509 + "#X509v3");
        token.setAttributeNS(WSConstants.WSU_NS, "wsu:Id", "X509-" + UUID.randomUUID());
        token.setTextContent(Base64.getEncoder().encodeToString(certificate.getEncoded()));
        return token;
    }

    private void identifier(Element reference, String type, byte[] octets) {
        Element identifier = header.add(reference, WSConstants.WSSE_NS, "wsse:KeyIdentifier");
        identifier.setAttributeNS(null, "EncodingType", BASE64);
        identifier.setAttributeNS(null, "ValueType", type);
        identifier.setTextContent(Base64.getEncoder().encodeToString(octets));
    }

    private byte[] thumbprint() throws Exception {
        return MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
    }

    /** Without the two headers of the OCTET STRING within an OCTET STRING. */
    private byte[] subjectKeyIdentifier() {
        byte[] extension = certificate.getExtensionValue(SUBJECT_KEY_IDENTIFIER);
        return Arrays.copyOfRange(extension, 4, extension.length);
    }

    private static byte[] octets(Element element) {
        return Base64.getMimeDecoder().decode(element.getTextContent());
    }

    private static Element first(Element parent, String namespace, String localName) {
        return (Element) parent.getElementsByTagNameNS(namespace, localName).item(0);
    }
}
