import Cryptography
import XML
import XMLEncryption
import XMLSignature

/// The `wsse:Security` header for our actor (WSS SOAP Message Security 1.1.1 section 5), each child read and its
/// algorithms checked against the policy, before anything is computed.
struct SecurityHeader {
    /// A child, in the order in which children are processed.
    enum Child {
        case timestamp(NodeID)
        case binarySecurityToken(NodeID)
        case signature(Signature)
        case encryptedKey(EncryptedKey)
        case encryptedData(EncryptedData)
        /// The ids of a list that stands alone.
        case referenceList([String])
        case signatureConfirmation(NodeID)
    }

    let node: NodeID
    /// Its place among the header blocks.
    let position: Int
    let children: [Child]
    let timestamp: NodeID?

    init(
        at position: Int,
        of layout: EnvelopeLayout,
        in document: XMLDocument,
        policy: InboundPolicy
    ) throws(SecurityFault) {
        node = layout.blocks[position]
        self.position = position
        var children: [Child] = []
        var timestamp: NodeID?
        for element in document.elements(in: node) {
            guard children.count < Self.childLimit else {
                throw SecurityFault(.invalidSecurity, "wsse:Security holds more than \(Self.childLimit) elements")
            }
            let child = try Child(reading: element, in: document, policy: policy)
            if case .timestamp(let node) = child {
                guard timestamp == nil else {
                    throw SecurityFault(.invalidSecurity, "wsse:Security holds two wsu:Timestamp elements")
                }
                timestamp = node
            }
            children.append(child)
        }
        self.children = children
        self.timestamp = timestamp
        try checkCounts(policy.limits)
    }

    private static let childLimit = 64

    private func checkCounts(_ limits: ProcessingLimits) throws(SecurityFault) {
        guard signatureCount <= limits.signatureCount else {
            throw SecurityFault(.invalidSecurity, "more than \(limits.signatureCount) signatures")
        }
        guard encryptedKeyCount <= limits.encryptedKeyCount else {
            throw SecurityFault(.invalidSecurity, "more than \(limits.encryptedKeyCount) encrypted keys")
        }
    }
}

extension SecurityHeader {
    var signatureCount: Int { children.count { if case .signature = $0 { true } else { false } } }
    var encryptedKeyCount: Int { children.count { if case .encryptedKey = $0 { true } else { false } } }
    var encryptedDataCount: Int { children.count { if case .encryptedData = $0 { true } else { false } } }

    /// The wrapped key with that id among the children.
    func encryptedKey(id: String) -> EncryptedKey? {
        for case .encryptedKey(let key) in children where key.id == id { return key }
        return nil
    }
}
