import XML

/// Turns one alternative of a policy into what is done to one message.
struct PolicyCompiler {
    let document: XMLDocument
    let direction: PolicyToken.Direction
    let allowed: Set<LegacyAlgorithm>

    /// The first alternative that is understood; else the first one's error.
    func compile(_ form: PolicyNormalForm) throws(SecurityPolicyError) -> MessageSecurity {
        var failure: SecurityPolicyError?
        for alternative in form.alternatives {
            do throws(SecurityPolicyError) {
                return try compile(alternative)
            } catch { failure = failure ?? error }
        }
        throw failure ?? .contradictory("it has no alternative")
    }

    private func compile(_ assertions: [PolicyAssertion]) throws(SecurityPolicyError) -> MessageSecurity {
        var content = Content()
        for assertion in assertions { try content.read(assertion, in: document) }
        guard let binding = content.binding else {
            guard content.isEmpty else { throw .malformed("the policy protects parts and names no binding") }
            return MessageSecurity()
        }
        switch binding.kind {
        case .transport(let requiresClientCertificate):
            var security = try transport(binding, content)
            security.transport = requiresClientCertificate ? .tlsWithClientCertificate : .tls
            return security
        case .asymmetric(let initiator, let recipient):
            return try direction == .request
                ? asymmetric(binding, content, signer: initiator.signature, recipient: recipient.encryption)
                : asymmetric(binding, content, signer: recipient.signature, recipient: initiator.encryption)
        }
    }

    private func asymmetric(
        _ binding: PolicyBinding,
        _ content: Content,
        signer: PolicyToken.X509,
        recipient: PolicyToken.X509
    ) throws(SecurityPolicyError) -> MessageSecurity {
        let suite = try binding.requiredSuite()
        var security = common(binding, content)
        let user = direction == .request ? content.supporting.user : nil
        var signed = content.parts.signed
        if binding.hasTimestamp { signed.append(.timestamp) }
        if binding.signsTokens { signed.append(.signatureToken) }
        if user?.isSigned == true { signed.append(.usernameToken) }
        if security.confirmsSignatures { signed.append(.signatureConfirmation) }
        if signed.contains(where: { $0 != .signatureToken }) {
            security.signature = suite.signature(of: signed, by: signer.reference(in: direction))
        }
        var encrypted = content.parts.encrypted
        if binding.encryptsSignature, security.signature != nil { encrypted.append(.signature) }
        if user?.isEncrypted == true { encrypted.append(.usernameToken) }
        if !encrypted.isEmpty {
            let reference = recipient.reference(in: direction)
            security.encryption = suite.encryption(of: encrypted, whole: content.parts.whole, for: reference)
        }
        if direction == .request, let endorsing = content.supporting.endorsing {
            guard !endorsing.isSigned else {
                throw .contradictory("the primary signature cannot cover the token of the signature that endorses it")
            }
            security.endorsement = suite.signature(of: [.signature], by: endorsing.token.reference(in: direction))
        }
        try check(binding, security)
        return security
    }

    /// TLS protects the parts; what stays in the header is the timestamp and what endorses it.
    private func transport(_ binding: PolicyBinding, _ content: Content) throws(SecurityPolicyError) -> MessageSecurity
    {
        var security = common(binding, content)
        if direction == .request, let endorsing = content.supporting.endorsing {
            guard binding.hasTimestamp else {
                throw .contradictory("an endorsing token under sp:TransportBinding needs sp:IncludeTimestamp")
            }
            let suite = try binding.requiredSuite()
            security.signature = suite.signature(of: [.timestamp], by: endorsing.token.reference(in: direction))
        }
        try check(binding, security)
        return security
    }

    private func common(_ binding: PolicyBinding, _ content: Content) -> MessageSecurity {
        var security = MessageSecurity()
        security.order = binding.order
        security.layout = binding.layout
        security.hasTimestamp = binding.hasTimestamp
        security.confirmsSignatures = content.confirmsSignatures && direction == .response
        if direction == .request, let user = content.supporting.user {
            security.user = MessageSecurity.User(
                isHashed: user.token.isHashed,
                hasNonce: user.token.hasNonce,
                hasCreated: user.token.hasCreated
            )
        }
        return security
    }

    private func check(_ binding: PolicyBinding, _ security: MessageSecurity) throws(SecurityPolicyError) {
        let signs = security.signature != nil || security.endorsement != nil
        guard signs || security.encryption != nil, let suite = binding.suite else { return }
        for legacy in suite.legacy(signs: signs, encrypts: security.encryption != nil) where !allowed.contains(legacy) {
            throw .legacyAlgorithm(legacy, suite: suite.name)
        }
    }
}
