import XML
import XMLSignature

/// `saml:SubjectConfirmation` (SAML 1.1 Core section 2.4.2.3, SAML 2.0 Core section 2.4.1.1).
extension Assertion {
    /// The confirmations of one subject.
    static func confirmations(
        of subject: NodeID,
        _ version: CarriedAssertion.Version,
        in document: XMLDocument
    ) throws(SecurityFault) -> [SubjectConfirmation] {
        var confirmations: [SubjectConfirmation] = []
        for node in document.elements(in: subject)
        where document.isNamed(node, "SubjectConfirmation", in: version.namespace) {
            guard confirmations.count < 8 else {
                throw SecurityFault(.invalidSecurityToken, "a SAML assertion confirms its subject in too many ways")
            }
            confirmations.append(try confirmation(node, version, in: document))
        }
        return confirmations
    }

    private static func confirmation(
        _ node: NodeID,
        _ version: CarriedAssertion.Version,
        in document: XMLDocument
    ) throws(SecurityFault) -> SubjectConfirmation {
        let data = document.firstElement("SubjectConfirmationData", in: version.namespace, of: node)
        switch version {
        case .saml20:
            let method = document.attribute("Method", of: node) ?? ""
            return SubjectConfirmation(
                method: CarriedAssertion.Confirmation(method: method),
                keyInfo: data.flatMap {
                    document.firstElement("KeyInfo", in: XMLSignatureNamespace.signature, of: $0)
                },
                validity: try data.map { data throws(SecurityFault) in try Validity(of: data, in: document) }
                    ?? Validity()
            )
        case .saml11:
            let method = document.firstElement("ConfirmationMethod", in: version.namespace, of: node)
                .map { document.text(of: $0).trimmingXMLSpace() }
            return SubjectConfirmation(
                method: CarriedAssertion.Confirmation(method: method ?? ""),
                keyInfo: document.firstElement("KeyInfo", in: XMLSignatureNamespace.signature, of: node),
                validity: Validity()
            )
        }
    }
}

extension CarriedAssertion.Confirmation {
    /// The way that a URI names.
    fileprivate init(method: String) {
        switch method {
        case "urn:oasis:names:tc:SAML:1.0:cm:holder-of-key", "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key":
            self = .holderOfKey
        case "urn:oasis:names:tc:SAML:1.0:cm:sender-vouches", "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches":
            self = .senderVouches
        case "urn:oasis:names:tc:SAML:1.0:cm:bearer", "urn:oasis:names:tc:SAML:2.0:cm:bearer": self = .bearer
        default: self = .other
        }
    }
}
