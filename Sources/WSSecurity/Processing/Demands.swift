import XML
import XMLEncryption

/// What the policy demands, looked for in the header before anything is computed.
extension Processing {
    func checkDemands() throws(SecurityFault) {
        let isDemanding = !policy.signed.isEmpty || !policy.encrypted.isEmpty || policy.requiresTimestamp
        guard let header = snapshot.header else {
            guard isDemanding else { return }
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
        guard policy.encrypted.isEmpty || header.encryptedKeyCount > 0 else {
            throw SecurityFault(.invalidSecurity, "nothing is encrypted; the policy demands \(list(policy.encrypted))")
        }
        guard !policy.encrypted.contains(.body) || isBodyEncrypted else {
            throw SecurityFault(
                .invalidSecurity,
                "the content of Body is not xenc:EncryptedData; the policy demands it"
            )
        }
    }

    /// What must be signed is signed and what must be encrypted was encrypted, all of it, at its place.
    func checkCoverage() throws(SecurityFault) {
        try checkSigned()
        for part in ordered(policy.encrypted) {
            let places = snapshot.places(of: part)
            guard !places.isEmpty, places.allSatisfy(encrypted.contains) else {
                throw SecurityFault(.invalidSecurity, "\(part) was not encrypted; the policy demands it")
            }
        }
        guard !policy.requiresTimestamp || timestamp != nil else {
            throw SecurityFault(.invalidSecurity, "there is no wsu:Timestamp, and the policy demands one")
        }
    }

    /// What must be signed is signed, at its place.
    func checkSigned() throws(SecurityFault) {
        for part in ordered(policy.signed) {
            let places = snapshot.places(of: part)
            guard !places.isEmpty, places.allSatisfy({ signed[$0] != nil }) else {
                let state = places.isEmpty ? "is missing" : "is not covered by a signature"
                throw SecurityFault(.invalidSecurity, "\(part) \(state); the policy demands it signed")
            }
        }
    }

    private var isBodyEncrypted: Bool {
        snapshot.document.firstElement(
            "EncryptedData",
            in: XMLEncryptionNamespace.encryption,
            of: snapshot.layout.body
        ) != nil
    }

    private func ordered(_ parts: Set<MessagePart>) -> [MessagePart] {
        parts.sorted { $0.description < $1.description }
    }

    private func list(_ parts: Set<MessagePart>) -> String {
        ordered(parts).map(\.description).joined(separator: ", ")
    }
}
