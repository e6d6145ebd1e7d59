import Cryptography
import XMLSignature

/// `ds:KeyInfo` in encrypted elements.
enum KeyInfoElement {
    /// The element with that content.
    static func text(_ content: String) -> String {
        String(joining: "<ds:KeyInfo xmlns:ds=\"", XMLSignatureNamespace.signature, "\">", content, "</ds:KeyInfo>")
    }
}
