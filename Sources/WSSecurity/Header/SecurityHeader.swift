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
        case usernameToken(NodeID)
        case assertion(NodeID)
        /// A reference to a token, for signatures to refer to (SAML Token Profile 1.1.1 section 3.4).
        case tokenReference(NodeID)
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
    /// The elements of `children`.
    let nodes: [NodeID]
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
        var nodes: [NodeID] = []
        for element in document.elements(in: node) {
            guard children.count < Self.childLimit else {
                throw SecurityFault(.invalidSecurity, "wsse:Security holds more than \(Self.childLimit) elements")
            }
            children.append(try Child(reading: element, in: document, policy: policy))
            nodes.append(element)
        }
        self.children = children
        self.nodes = nodes
        timestamp = try Self.timestamp(among: children)
        try checkCounts(policy.limits)
    }

    private static let childLimit = 64

    private static func timestamp(among children: [Child]) throws(SecurityFault) -> NodeID? {
        var found: NodeID?
        for case .timestamp(let node) in children {
            guard found == nil else {
                throw SecurityFault(.invalidSecurity, "wsse:Security holds two wsu:Timestamp elements")
            }
            found = node
        }
        return found
    }

    private func checkCounts(_ limits: ProcessingLimits) throws(SecurityFault) {
        guard signatureCount <= limits.signatureCount else {
            throw SecurityFault(.invalidSecurity, "more than \(limits.signatureCount) signatures")
        }
        guard encryptedKeyCount <= limits.encryptedKeyCount else {
            throw SecurityFault(.invalidSecurity, "more than \(limits.encryptedKeyCount) encrypted keys")
        }
        guard children.count(where: { if case .usernameToken = $0 { true } else { false } }) <= 1 else {
            throw SecurityFault(.invalidSecurity, "wsse:Security holds two wsse:UsernameToken elements")
        }
    }
}

extension SecurityHeader {
    var signatureCount: Int { children.count { if case .signature = $0 { true } else { false } } }
    var encryptedKeyCount: Int { children.count { if case .encryptedKey = $0 { true } else { false } } }
    var encryptedDataCount: Int { children.count { if case .encryptedData = $0 { true } else { false } } }
    /// Whether anything in the header leads to encrypted data.
    var namesEncryptedData: Bool {
        children.contains { child in
            switch child {
            case .encryptedKey, .encryptedData, .referenceList: true
            default: false
            }
        }
    }

    /// The wrapped key at that element among the children.
    func encryptedKey(at node: NodeID) -> EncryptedKey? {
        for case .encryptedKey(let key) in children where key.node == node { return key }
        return nil
    }

    /// The place of `node` among the children.
    func place(of node: NodeID) -> PartPlace? { nodes.firstIndex(of: node).map { .child($0) } }
}
