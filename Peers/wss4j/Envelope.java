import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.ws.security.util.WSSecurityUtil;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A SOAP envelope as a DOM document: read without DTDs, written without a declaration. */
final class Envelope {
    final Document document;

    private Envelope(Document document) {
        this.document = document;
    }

    static Envelope read(byte[] octets) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return new Envelope(builder.parse(new ByteArrayInputStream(octets)));
    }

    byte[] octets() throws Exception {
        Transformer transformer = TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        transformer.transform(new DOMSource(document), new StreamResult(out));
        return out.toByteArray();
    }

    String namespace() {
        return document.getDocumentElement().getNamespaceURI();
    }

    Element body() throws Exception {
        Element body = WSSecurityUtil.findBodyElement(document);
        if (body == null) throw new Refusal("the envelope has no Body");
        return body;
    }

    /** The text of the first element of this name in the Body; null when there is none. */
    String text(String namespace, String localName) throws Exception {
        var found = body().getElementsByTagNameNS(namespace, localName);
        return found.getLength() == 0 ? null : found.item(0).getTextContent();
    }
}
