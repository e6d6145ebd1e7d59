import XML
import XMLSignature

extension ProfileCheck {
    private static let exclusive = Canonicalization.exclusive.uri
    private static let strTransform =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform"
    private static let enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
    private static let attachments = [
        "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Content-Signature-Transform",
        "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Complete-Signature-Transform",
    ]
    private static let last = [exclusive, strTransform] + attachments
    private static let allowed = last + [enveloped, "http://www.w3.org/2002/06/xmldsig-filter2"]

    mutating func checkSignature(_ node: NodeID) {
        for descendant in document.descendants(of: node) {
            switch document.standardName(of: descendant) {
            case "ds:Manifest": report(.r5403, descendant)
            case "xenc:EncryptedData": report(.r5440, descendant)
            default: continue
            }
        }
        if let info = children("ds:KeyInfo", of: node).first {
            checkKeyInfo(info, count: .r5402, content: .r5417)
        }
        guard let info = children("ds:SignedInfo", of: node).first else { return }
        for method in children("ds:CanonicalizationMethod", of: info) {
            if document.attribute("Algorithm", of: method) != Self.exclusive { report(.r5404, method) }
            checkPrefixes(of: method, .r5406)
        }
        for method in children("ds:SignatureMethod", of: info) {
            let uri = document.attribute("Algorithm", of: method) ?? ""
            if !["hmac-sha1", "rsa-sha1"].contains(where: { uri == XMLSignatureNamespace.signature + $0 }) {
                report(.r5421, method)
            }
            if !children("ds:HMACOutputLength", of: method).isEmpty { report(.r5401, method) }
        }
        for reference in children("ds:Reference", of: info) { check(reference, of: node) }
    }

    /// One element, and that a `wsse:SecurityTokenReference`.
    mutating func checkKeyInfo(_ node: NodeID, count: ProfileRule, content: ProfileRule) {
        if elements(of: node).count != 1 { report(count, node) }
        if children("wsse:SecurityTokenReference", of: node).isEmpty { report(content, node) }
    }

    private mutating func check(_ reference: NodeID, of signature: NodeID) {
        let uri = document.attribute("URI", of: reference) ?? ""
        if SameDocumentReference.id(in: uri) == nil { report(.r3001, reference) }
        if let target = identifiers.element(of: uri) {
            if document.isNode(signature, within: target) { report(.r3104, reference) }
            let isEnclosed = children("ds:Object", of: signature).contains { document.isNode(target, within: $0) }
            if isEnclosed { report(.r3102, reference) }
        }
        for method in children("ds:DigestMethod", of: reference)
        where document.attribute("Algorithm", of: method) != XMLSignatureNamespace.signature + "sha1" {
            report(.r5420, method)
        }
        guard let list = children("ds:Transforms", of: reference).first else { return report(.r5416, reference) }
        checkTransforms(list)
    }

    private mutating func checkTransforms(_ list: NodeID) {
        let transforms = children("ds:Transform", of: list)
        guard let last = transforms.last else { return report(.r5411, list) }
        if !Self.last.contains(document.attribute("Algorithm", of: last) ?? "") { report(.r5412, last) }
        for transform in transforms {
            let uri = document.attribute("Algorithm", of: transform) ?? ""
            if !Self.allowed.contains(uri) { report(.r5423, transform) }
            if uri == Self.exclusive { checkPrefixes(of: transform, .r5407) }
            guard uri == Self.strTransform else { continue }
            let methods = children("wsse:TransformationParameters", of: transform)
                .flatMap { children("ds:CanonicalizationMethod", of: $0) }
            if methods.isEmpty { report(.r3065, transform) }
            for method in methods { checkPrefixes(of: method, .r5413) }
        }
    }

    private mutating func checkPrefixes(of node: NodeID, _ rule: ProfileRule) {
        for list in children("ec:InclusiveNamespaces", of: node)
        where (document.attribute("PrefixList", of: list) ?? "").trimmingXMLSpace().isEmpty {
            report(rule, list)
        }
    }
}
