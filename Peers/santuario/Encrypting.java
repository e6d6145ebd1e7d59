import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.UUID;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import org.apache.ws.security.WSConstants;
import org.apache.xml.security.encryption.EncryptedData;
import org.apache.xml.security.encryption.EncryptedKey;
import org.apache.xml.security.encryption.XMLCipher;
import org.apache.xml.security.keys.KeyInfo;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** xenc:EncryptedData with its EncryptedKey in the Security header, by Santuario's XMLCipher. */
final class Encrypting {
    private static final String REFERENCE_LIST = "xenc:ReferenceList";

    private final SecurityHeader header;
    private final Map<String, String> words;

    Encrypting(SecurityHeader header, Map<String, String> words) {
        this.header = header;
        this.words = words;
    }

    /** The Body's content, or a header block as a wsse11:EncryptedHeader, all under one key. */
    void encrypt() throws Exception {
        String cipher = Algorithms.pick(Algorithms.CIPHERS, words.getOrDefault("cipher", "aes256-gcm"));
        SecretKey session = session(words.getOrDefault("cipher", "aes256-gcm"));
        boolean isInside = words.getOrDefault("placement", "header").equals("data");
        Element key = isInside ? null : wrap(session);
        if (key != null) place(key);
        Element list = header.add(isInside ? header.element : key, WSConstants.ENC_NS, REFERENCE_LIST);
        if (isInside) place(list);
        for (String word : words.getOrDefault("encrypted", "body").split(",")) {
            Element part = header.part(word);
            boolean isBody = word.equals("body");
            if (!isBody) wrapInEncryptedHeader(part);
            XMLCipher xml = XMLCipher.getInstance(cipher);
            xml.init(XMLCipher.ENCRYPT_MODE, session);
            EncryptedData data = xml.getEncryptedData();
            data.setId("ED-" + UUID.randomUUID());
            data.setKeyInfo(isInside ? holding(wrap(session)) : referenceTo(key));
            xml.doFinal(header.document, part, isBody);
            header.add(list, WSConstants.ENC_NS, "xenc:DataReference").setAttributeNS(null, "URI", "#" + data.getId());
        }
    }

    /** Opens every wrapped key that names the job's certificate, and what it references. */
    void decrypt() throws Exception {
        X509Certificate certificate = Pem.certificateFile(words.get("key") + ".crt.pem");
        NodeList found = header.document.getElementsByTagNameNS(WSConstants.ENC_NS, "EncryptedKey");
        boolean bodyWasEncrypted = false;
        for (Element element : elements(found)) {
            if (!new KeyNames(header, certificate).fit(SecurityHeader.child(element, WSConstants.SIG_NS, "KeyInfo"))) continue;
            Element holder = (Element) element.getParentNode().getParentNode();
            if (holder.getLocalName().equals("EncryptedData")) {
                bodyWasEncrypted |= open(element, holder, certificate);
            }
            for (Element reference : elements(element.getElementsByTagNameNS(WSConstants.ENC_NS, "DataReference"))) {
                bodyWasEncrypted |= open(element, data(reference.getAttribute("URI").substring(1)), certificate);
            }
        }
        if (!bodyWasEncrypted) throw new Refusal("the Body's content is not encrypted with a key for this certificate");
    }

    /** Decrypts the data in place, an EncryptedHeader around it goes too; tells whether it was the Body's content. */
    private boolean open(Element wrapped, Element data, X509Certificate certificate) throws Exception {
        String method = SecurityHeader.child(data, WSConstants.ENC_NS, "EncryptionMethod").getAttribute("Algorithm");
        XMLCipher unwrapping = XMLCipher.getInstance();
        unwrapping.init(XMLCipher.UNWRAP_MODE, Pem.privateKeyFile(words.get("key") + ".key.pem", certificate));
        EncryptedKey key = unwrapping.loadEncryptedKey(header.document, wrapped);
        XMLCipher xml = XMLCipher.getInstance();
        xml.init(XMLCipher.DECRYPT_MODE, unwrapping.decryptKey(key, method));
        Element parent = (Element) data.getParentNode();
        xml.doFinal(header.document, data);
        if (parent.getLocalName().equals("EncryptedHeader")) {
            parent.getParentNode().replaceChild(parent.getFirstChild(), parent);
        }
        return parent == header.envelope.body();
    }

    private Element wrap(SecretKey session) throws Exception {
        X509Certificate recipient = Pem.certificateFile(words.get("to"));
        Algorithms.Transport transport = Algorithms.Transport.of(words.getOrDefault("transport", "oaep-sha1"));
        XMLCipher wrapping = XMLCipher.getInstance(transport.uri(), null, transport.digest());
        wrapping.init(XMLCipher.WRAP_MODE, recipient.getPublicKey());
        EncryptedKey key = wrapping.encryptKey(header.document, session, transport.mask(), null);
        key.setId("EK-" + UUID.randomUUID());
        KeyInfo info = new KeyInfo(header.document);
        new KeyNames(header, recipient).write(info.getElement(), words.getOrDefault("encryption-reference", "issuerSerial"));
        key.setKeyInfo(info);
        return wrapping.martial(key);
    }

    /** Puts the element behind the tokens that begin the header. */
    private void place(Element element) {
        Element token = SecurityHeader.child(header.element, WSConstants.WSSE_NS, "BinarySecurityToken");
        header.element.insertBefore(element, token == null ? header.element.getFirstChild() : last(token).getNextSibling());
    }

    private KeyInfo holding(Element key) {
        KeyInfo info = new KeyInfo(header.document);
        info.getElement().appendChild(key);
        return info;
    }

    /** The last of the tokens that begin the header. */
    private static Element last(Element token) {
        Element last = token;
        while (last.getNextSibling() instanceof Element next && next.getLocalName().equals("BinarySecurityToken")) last = next;
        return last;
    }

    private KeyInfo referenceTo(Element key) {
        KeyInfo info = new KeyInfo(header.document);
        Element reference = header.add(info.getElement(), WSConstants.WSSE_NS, "wsse:SecurityTokenReference");
        reference.setAttributeNS(WSConstants.XMLNS_NS, "xmlns:wsse", WSConstants.WSSE_NS);
        header.add(reference, WSConstants.WSSE_NS, "wsse:Reference").setAttributeNS(null, "URI", "#" + key.getAttribute("Id"));
        return info;
    }

    private void wrapInEncryptedHeader(Element part) {
        Element wrapper = header.document.createElementNS(WSConstants.WSSE11_NS, "wsse11:EncryptedHeader");
        part.getParentNode().replaceChild(wrapper, part);
        wrapper.appendChild(part);
    }

    private Element data(String id) throws Refusal {
        for (Element element : elements(header.document.getElementsByTagNameNS(WSConstants.ENC_NS, "EncryptedData"))) {
            if (element.getAttribute("Id").equals(id)) return element;
        }
        throw new Refusal("no EncryptedData has the Id " + id);
    }

    private static Element[] elements(NodeList nodes) {
        Element[] elements = new Element[nodes.getLength()];
        for (int index = 0; index < elements.length; index++) elements[index] = (Element) nodes.item(index);
        return elements;
    }

    private static SecretKey session(String cipher) throws Exception {
        if (cipher.startsWith("3des")) return KeyGenerator.getInstance("DESede").generateKey();
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(Integer.parseInt(cipher.substring(3, 6)));
        return generator.generateKey();
    }
}
