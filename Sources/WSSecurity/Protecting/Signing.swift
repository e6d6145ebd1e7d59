import Cryptography
import XML
import XMLSignature

extension Protecting {
    /// The `ds:Signature` over the parts of `draft`; empty when nothing is signed.
    func signature(over draft: Draft) throws(SecurityFault) -> [UInt8] {
        guard let (settings, credential) = protection.signature, let reference = signatureReference else { return [] }
        let key = credential.key.algorithm
        guard let method = SignatureMethod(for: key, digest: settings.algorithm) else {
            throw SecurityFault(.cannotProtect, "a key of kind \(key) cannot sign with \(settings.algorithm)")
        }
        let writer = SignatureWriter(method: method, digest: settings.digest)
        let targets = try targets(in: draft, settings)
        guard !targets.isEmpty else { throw SecurityFault(.cannotProtect, "the settings name no part to sign") }
        return try securityFault(
            hint: .certificate(credential.certificate),
            fromSignature: writer.signature(
                id: identifiers.signature,
                over: targets,
                in: draft.document,
                key: credential.key,
                keyInfo: reference.text
            )
        )
    }

    private func targets(
        in draft: Draft,
        _ settings: SignatureSettings
    ) throws(SecurityFault) -> [SignatureWriter.Target] {
        var targets: [SignatureWriter.Target] = []
        for node in try signedNodes(in: draft.document, draft.layout) {
            let id = draft.document.attribute("Id", in: WSSNamespace.utility, of: node) ?? ""
            guard SameDocumentReference.id(in: "#" + id) == id, id.utf8.allSatisfy(\.isPlainInAttribute) else {
                throw SecurityFault(.cannotProtect, "a part to sign has a wsu:Id that cannot be referred to")
            }
            let prefixes = draft.document.inheritedPrefixes(of: node)
            targets.append(SignatureWriter.Target(node: node, id: id, inclusivePrefixes: prefixes))
        }
        if settings.parts.contains(.timestamp), protection.timestampLifetime != nil,
            let timestamp = draft.document.firstElement("Timestamp", in: WSSNamespace.utility, of: draft.header)
        {
            targets.append(SignatureWriter.Target(node: timestamp, id: identifiers.timestamp))
        }
        return targets
    }
}

extension XMLDocument {
    /// Prefixes that content of `node` may use and that are bound outside of it, for `ec:InclusiveNamespaces`: names in
    /// values and in encrypted content would else mean something else when a binding is changed (BSP 1.1 R5407).
    fileprivate func inheritedPrefixes(of node: NodeID) -> [String] {
        guard let parent = parent(of: node), kind(of: parent) == .element else { return [] }
        let own = prefix(of: node)
        return boundPrefixes(at: parent).filter { $0 != own }.map { $0.isEmpty ? "#default" : $0 }
    }
}

extension UInt8 {
    /// Whether the octet stands for itself in an attribute value.
    fileprivate var isPlainInAttribute: Bool {
        self != UInt8(ascii: "\"") && self != UInt8(ascii: "&") && self != UInt8(ascii: "<")
    }
}
