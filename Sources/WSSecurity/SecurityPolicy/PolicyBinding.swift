import XML

/// The binding of a policy (WS-SecurityPolicy 1.3 section 7): whose keys protect, and how.
struct PolicyBinding {
    /// What protects the messages.
    enum Kind {
        /// Keys of both partners; the initiator signs with the first and has the second encrypted for it; so the recipient.
        case asymmetric(initiator: Pair, recipient: Pair)
        /// TLS; with a certificate of the client or not.
        case transport(requiresClientCertificate: Bool)
    }

    /// The tokens of one side: what it signs with, and what others encrypt for it.
    struct Pair {
        let signature: PolicyToken.X509
        let encryption: PolicyToken.X509
    }

    let kind: Kind
    /// May be missing where the transport alone protects.
    let suite: AlgorithmSuite?
    var layout = HeaderLayout.lax
    var hasTimestamp = false
    var order = ProtectionOrder.signThenEncrypt
    var encryptsSignature = false
    var signsTokens = false

    func requiredSuite() throws(SecurityPolicyError) -> AlgorithmSuite {
        guard let suite else { throw .malformed("the binding names no algorithm suite") }
        return suite
    }
}

extension PolicyBinding {
    /// Reads `sp:AsymmetricBinding` or `sp:TransportBinding`.
    init(reading assertion: PolicyAssertion, in document: XMLDocument) throws(SecurityPolicyError) {
        let isTransport = assertion.isNamed("TransportBinding")
        var reader = Reader(document: document, isTransport: isTransport)
        for nested in assertion.nested ?? [] { try reader.read(nested) }
        kind = isTransport ? try reader.transport() : try reader.asymmetric()
        suite = reader.suite
        layout = reader.layout
        hasTimestamp = reader.flags.contains("IncludeTimestamp")
        order = reader.flags.contains("EncryptBeforeSigning") ? .encryptThenSign : .signThenEncrypt
        encryptsSignature = reader.flags.contains("EncryptSignature")
        signsTokens = reader.flags.contains("ProtectTokens")
    }

    /// What was read of a binding's policy.
    private struct Reader {
        let document: XMLDocument
        let isTransport: Bool
        var suite: AlgorithmSuite?
        var layout = HeaderLayout.lax
        var flags: Set<String> = []
        var tokens: [String: PolicyToken.X509] = [:]
        var requiresClientCertificate: Bool?

        private static let tokenNames: Set = [
            "InitiatorToken", "InitiatorSignatureToken", "InitiatorEncryptionToken", "RecipientToken",
            "RecipientSignatureToken", "RecipientEncryptionToken",
        ]
        private static let flagNames: Set = [
            "IncludeTimestamp", "EncryptBeforeSigning", "SignBeforeEncrypting", "EncryptSignature", "ProtectTokens",
            "OnlySignEntireHeadersAndBody",
        ]

        mutating func read(_ assertion: PolicyAssertion) throws(SecurityPolicyError) {
            let name = assertion.name.localName
            switch name {
            case _ where !SecurityPolicyNamespace.isSecurityPolicy(assertion.name.namespace):
                throw assertion.unsupported()
            case "AlgorithmSuite": suite = try AlgorithmSuite(reading: assertion)
            case "Layout": layout = try HeaderLayout(reading: assertion)
            case "TransportToken" where isTransport: try readTransportToken(assertion)
            case _ where Self.tokenNames.contains(name) && !isTransport:
                guard case .x509(let token) = try PolicyToken(reading: assertion.onlyNested(), in: document) else {
                    throw assertion.unsupported("the tokens of a binding are X509Token")
                }
                tokens[name] = token
            case _ where Self.flagNames.contains(name): flags.insert(name)
            default: throw assertion.unsupported()
            }
        }

        private mutating func readTransportToken(_ assertion: PolicyAssertion) throws(SecurityPolicyError) {
            let token = try assertion.onlyNested()
            guard token.isNamed("HttpsToken") else { throw token.unsupported("the transport token is HttpsToken") }
            let attribute = document.attribute("RequireClientCertificate", of: token.node)
            requiresClientCertificate = attribute == "true" || attribute == "1"
            for nested in token.nested ?? [] {
                guard nested.isNamed("RequireClientCertificate") else { throw nested.unsupported() }
                requiresClientCertificate = true
            }
        }

        func transport() throws(SecurityPolicyError) -> Kind {
            guard let requiresClientCertificate else {
                throw .malformed("sp:TransportBinding names no transport token")
            }
            return .transport(requiresClientCertificate: requiresClientCertificate)
        }

        func asymmetric() throws(SecurityPolicyError) -> Kind {
            .asymmetric(initiator: try pair("Initiator"), recipient: try pair("Recipient"))
        }

        private func pair(_ side: String) throws(SecurityPolicyError) -> Pair {
            let common = tokens[side + "Token"]
            guard let signature = tokens[side + "SignatureToken"] ?? common,
                let encryption = tokens[side + "EncryptionToken"] ?? common
            else { throw .malformed("sp:AsymmetricBinding does not name the \(side.lowercased())'s token") }
            return Pair(signature: signature, encryption: encryption)
        }
    }
}

extension HeaderLayout {
    fileprivate init(reading assertion: PolicyAssertion) throws(SecurityPolicyError) {
        let nested = try assertion.onlyNested()
        switch nested.name.localName {
        case "Strict": self = .strict
        case "Lax": self = .lax
        case "LaxTsFirst", "LaxTimestampFirst": self = .laxTimestampFirst
        case "LaxTsLast", "LaxTimestampLast": self = .laxTimestampLast
        default: throw nested.unsupported()
        }
    }
}
