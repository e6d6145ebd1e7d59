import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.ws.security.WSConstants;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The Security header of an envelope, made when it is missing, and the parts of the message that jobs name. */
final class SecurityHeader {
    private static final int LIFETIME_SECONDS = 300;

    final Envelope envelope;
    final Document document;
    final Element element;

    SecurityHeader(Envelope envelope) {
        this.envelope = envelope;
        document = envelope.document;
        Element block = child(document.getDocumentElement(), envelope.namespace(), "Header");
        Element found = child(block, WSConstants.WSSE_NS, "Security");
        if (found == null) {
            found = document.createElementNS(WSConstants.WSSE_NS, "wsse:Security");
            found.setAttributeNS(WSConstants.XMLNS_NS, "xmlns:wsse", WSConstants.WSSE_NS);
            found.setAttributeNS(WSConstants.XMLNS_NS, "xmlns:wsu", WSConstants.WSU_NS);
            block.appendChild(found);
        }
        element = found;
    }

    void addTimestamp() {
        Element timestamp = add(element, WSConstants.WSU_NS, "wsu:Timestamp");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        add(timestamp, WSConstants.WSU_NS, "wsu:Created").setTextContent(now.toString());
        add(timestamp, WSConstants.WSU_NS, "wsu:Expires").setTextContent(now.plusSeconds(LIFETIME_SECONDS).toString());
    }

    /** Says whom the header is for, an actor in SOAP 1.1 or a role in SOAP 1.2; null for the ultimate receiver. */
    void address(String actor) {
        if (actor != null) element.setAttributeNS(envelope.namespace(), document.getDocumentElement().getPrefix() + ":" + addressName(), actor);
    }

    void requireAddress(String actor) throws Refusal {
        String found = element.getAttributeNS(envelope.namespace(), addressName());
        if (!found.equals(actor == null ? "" : actor)) throw new Refusal("the Security header is for somebody else");
    }

    private String addressName() {
        return envelope.namespace().contains("schemas.xmlsoap") ? "actor" : "role";
    }

    /** The part that a job's word names: body, timestamp, header (wsa:MessageID), token. */
    Element part(String word) throws Exception {
        Element found = switch (word) {
            case "body" -> envelope.body();
            case "timestamp" -> child(element, WSConstants.WSU_NS, "Timestamp");
            case "header" -> child((Element) element.getParentNode(), Parts.ADDRESSING, "MessageID");
            case "token" -> child(element, WSConstants.WSSE_NS, "BinarySecurityToken");
            default -> throw new Refusal("no part is called " + word);
        };
        if (found == null) throw new Refusal("the message has no " + word);
        return found;
    }

    /** The element's wsu:Id, made when it is missing; from here on references to it resolve. */
    String identify(Element part) {
        if (!part.hasAttributeNS(WSConstants.WSU_NS, "Id")) {
            part.setAttributeNS(WSConstants.XMLNS_NS, "xmlns:wsu", WSConstants.WSU_NS);
            part.setAttributeNS(WSConstants.WSU_NS, "wsu:Id", "id-" + UUID.randomUUID());
        }
        part.setIdAttributeNS(WSConstants.WSU_NS, "Id", true);
        return part.getAttributeNS(WSConstants.WSU_NS, "Id");
    }

    Element add(Element parent, String namespace, String name) {
        return (Element) parent.appendChild(document.createElementNS(namespace, name));
    }

    static Element child(Element parent, String namespace, String localName) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && localName.equals(element.getLocalName()) && namespace.equals(element.getNamespaceURI())) {
                return element;
            }
        }
        return null;
    }
}
