import XML
import XMLEncryption

/// What the policy demands, looked for in the header before anything is computed.
extension Processing {
    func checkDemands() throws(SecurityFault) {
        guard let header = snapshot.header else {
            guard policy.isDemanding else { return }
            throw SecurityFault(
                .invalidSecurity,
                "no wsse:Security header is for us, and the policy demands protection"
            )
        }
        let mayHide = header.encryptedDataCount > 0
        guard policy.signed.isEmpty || header.signatureCount > 0 || mayHide else {
            throw SecurityFault(
                .invalidSecurity,
                "the message is not signed; the policy demands \(list(policy.signed))"
            )
        }
        let needsTimestamp = policy.requiresTimestamp || policy.signed.contains(.timestamp)
        guard !needsTimestamp || header.timestamp != nil || mayHide else {
            throw SecurityFault(.invalidSecurity, "there is no wsu:Timestamp, and the policy demands one")
        }
        guard policy.encrypted.isEmpty || header.namesEncryptedData else {
            throw SecurityFault(.invalidSecurity, "nothing is encrypted; the policy demands \(list(policy.encrypted))")
        }
        guard !policy.encrypted.contains(.body) || isBodyEncrypted else {
            throw SecurityFault(
                .invalidSecurity,
                "the content of Body is not xenc:EncryptedData; the policy demands it"
            )
        }
        if let layout = policy.layout { try snapshot.check(layout) }
    }

    private var isBodyEncrypted: Bool {
        snapshot.document.firstElement(
            "EncryptedData",
            in: XMLEncryptionNamespace.encryption,
            of: snapshot.layout.body
        ) != nil
    }

    private func list(_ parts: Set<MessagePart>) -> String {
        parts.ordered.map(\.description).joined(separator: ", ")
    }
}

extension InboundPolicy {
    /// Whether a message without a Security header for us cannot meet it.
    fileprivate var isDemanding: Bool {
        !signed.isEmpty || !encrypted.isEmpty || requiresTimestamp || usernameToken?.isRequired == true
            || confirmations != nil || endorsement != nil || assertion?.isRequired == true
    }
}

extension Set<MessagePart> {
    /// The parts in an order that is always the same.
    var ordered: [MessagePart] { sorted { $0.description < $1.description } }
}
