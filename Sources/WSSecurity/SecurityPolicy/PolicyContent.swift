import XML

extension PolicyCompiler {
    /// The assertions of one alternative, each understood.
    struct Content {
        var binding: PolicyBinding?
        var parts = ProtectedParts()
        var supporting = SupportingTokens()
        var confirmsSignatures = false

        /// Whether nothing is demanded.
        var isEmpty: Bool {
            parts.signed.isEmpty && parts.encrypted.isEmpty && supporting.user == nil && supporting.endorsing == nil
        }

        mutating func read(_ assertion: PolicyAssertion, in document: XMLDocument) throws(SecurityPolicyError) {
            if try parts.read(assertion, in: document) { return }
            if try supporting.read(assertion, in: document) { return }
            if Self.withoutEffect.contains(assertion.name) { return }
            guard SecurityPolicyNamespace.isSecurityPolicy(assertion.name.namespace) else {
                throw assertion.unsupported()
            }
            switch assertion.name.localName {
            case "AsymmetricBinding", "TransportBinding":
                guard binding == nil else { throw .contradictory("two bindings") }
                binding = try PolicyBinding(reading: assertion, in: document)
            case "SymmetricBinding": throw assertion.unsupported("bindings are AsymmetricBinding and TransportBinding")
            case "Wss10", "Wss11": try readOptions(assertion)
            case "Trust10", "Trust13": try checkTrust(assertion)
            default: throw assertion.unsupported()
            }
        }

        /// References of every kind are read whatever the policy says; only the confirmation changes a message.
        private mutating func readOptions(_ assertion: PolicyAssertion) throws(SecurityPolicyError) {
            for nested in assertion.nested ?? [] {
                if nested.isNamed("RequireSignatureConfirmation") {
                    confirmsSignatures = true
                } else if !Self.references.contains(nested.name.localName) {
                    throw nested.unsupported()
                }
            }
        }

        /// WS-Trust concerns issued tokens, which no supported assertion asks for.
        private func checkTrust(_ assertion: PolicyAssertion) throws(SecurityPolicyError) {
            for nested in assertion.nested ?? [] where !Self.trust.contains(nested.name.localName) {
                throw nested.unsupported()
            }
        }

        private static let references: Set = [
            "MustSupportRefKeyIdentifier", "MustSupportRefIssuerSerial", "MustSupportRefExternalURI",
            "MustSupportRefEmbeddedToken", "MustSupportRefThumbprint", "MustSupportRefEncryptedKey",
        ]
        private static let trust: Set = [
            "MustSupportClientChallenge", "MustSupportServerChallenge", "RequireClientEntropy", "RequireServerEntropy",
            "MustSupportIssuedTokens", "RequireRequestSecurityTokenCollection", "RequireAppliesTo",
            "ScopePolicy15", "MustSupportInteractiveChallenge",
        ]
        /// WS-Addressing 1.0 Metadata: headers that are named in sp:SignedParts where they are to be protected.
        private static let withoutEffect: Set = [
            ExpandedName("Addressing", in: "http://www.w3.org/2007/05/addressing/metadata"),
            ExpandedName("UsingAddressing", in: "http://www.w3.org/2006/05/addressing/wsdl"),
        ]
    }
}
