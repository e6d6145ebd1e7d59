import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.apache.ws.security.WSConstants;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.w3c.dom.Element;

/** A ds:Signature in the Security header, by Santuario's XMLSignature. */
final class Signing {
    private final SecurityHeader header;
    private final Map<String, String> words;

    Signing(SecurityHeader header, Map<String, String> words) {
        this.header = header;
        this.words = words;
    }

    void sign() throws Exception {
        X509Certificate certificate = Pem.certificateFile(words.get("key") + ".crt.pem");
        String method = Algorithms.pick(Algorithms.SIGNATURES, words.getOrDefault("signature", "rsa-sha256"));
        String form = Algorithms.pick(Algorithms.CANONICALIZATIONS, words.getOrDefault("canonicalization", "exclusive"));
        XMLSignature signature = new XMLSignature(header.document, "", method, form);
        // In front of what was encrypted before: a receiver takes the children in turn.
        Element earlier = SecurityHeader.child(header.element, WSConstants.ENC_NS, "EncryptedKey");
        if (earlier == null) earlier = SecurityHeader.child(header.element, WSConstants.ENC_NS, "ReferenceList");
        header.element.insertBefore(signature.getElement(), earlier);
        new KeyNames(header, certificate)
            .write(signature.getKeyInfo().getElement(), words.getOrDefault("signature-reference", "binarySecurityToken"));
        for (String word : parts()) {
            Transforms transforms = new Transforms(header.document);
            transforms.addTransform(form);
            String digest = Algorithms.pick(Algorithms.DIGESTS, words.getOrDefault("digest", "sha256"));
            signature.addDocument("#" + header.identify(header.part(word)), transforms, digest);
        }
        signature.sign(
            words.containsKey("secret")
                ? new SecretKeySpec(Files.readAllBytes(Path.of(words.get("secret"))), "HMAC")
                : Pem.privateKeyFile(words.get("key") + ".key.pem", certificate));
    }

    /** Verifies with the certificate that is trusted, which the message must name; every part of the job must be referenced. */
    void verify() throws Exception {
        Element element = SecurityHeader.child(header.element, WSConstants.SIG_NS, "Signature");
        if (element == null) throw new Refusal("there is no Signature");
        Set<String> wanted = new HashSet<>();
        for (String word : parts()) wanted.add("#" + header.identify(header.part(word)));
        X509Certificate certificate = Pem.certificateFile(words.get("trust"));
        XMLSignature signature = new XMLSignature(element, "", false);
        if (!new KeyNames(header, certificate).fit(signature.getKeyInfo().getElement())) {
            throw new Refusal("the KeyInfo does not name the certificate that is trusted");
        }
        if (!signature.checkSignatureValue(certificate.getPublicKey())) throw new Refusal("the signature is not valid");
        for (int index = 0; index < signature.getSignedInfo().getLength(); index++) {
            wanted.remove(signature.getSignedInfo().item(index).getURI());
        }
        if (!wanted.isEmpty()) throw new Refusal("not signed: " + wanted);
    }

    private String[] parts() {
        return words.getOrDefault("signed", "body,timestamp").split(",");
    }
}
