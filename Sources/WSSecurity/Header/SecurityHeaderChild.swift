import Cryptography
import XML
import XMLEncryption
import XMLSignature

extension SecurityHeader.Child {
    /// Reads a child of `wsse:Security`; one that is unknown is refused, because it may change what the others mean.
    init(reading node: NodeID, in document: XMLDocument, policy: InboundPolicy) throws(SecurityFault) {
        let name = document.name(of: node)
        switch (name.namespace, name.localName) {
        case (WSSNamespace.utility, "Timestamp"): self = .timestamp(node)
        case (WSSNamespace.extension, "BinarySecurityToken"): self = .binarySecurityToken(node)
        case (WSSNamespace.extension, "SecurityTokenReference"): self = .tokenReference(node)
        case (WSSNamespace.extension, "UsernameToken"):
            guard policy.usernameToken != nil else {
                throw SecurityFault(.unsupportedSecurityToken, "the policy expects no wsse:UsernameToken")
            }
            self = .usernameToken(node)
        case (SAMLNamespace.assertion11, "Assertion"), (SAMLNamespace.assertion20, "Assertion"):
            guard policy.assertion != nil else {
                throw SecurityFault(.unsupportedSecurityToken, "the policy expects no SAML assertion")
            }
            self = .assertion(node)
        case (XMLSignatureNamespace.signature, "Signature"):
            self = .signature(try Signature.allowed(node, in: document, policy: policy))
        case (XMLEncryptionNamespace.encryption, "EncryptedKey"):
            self = .encryptedKey(try EncryptedKey.allowed(node, in: document, policy: policy))
        case (XMLEncryptionNamespace.encryption, "EncryptedData"):
            self = .encryptedData(try EncryptedData.allowed(node, in: document, policy: policy))
        case (XMLEncryptionNamespace.encryption, "ReferenceList"):
            self = .referenceList(try Self.referenceList(node, in: document, policy: policy))
        case (WSSNamespace.extension11, "SignatureConfirmation"): self = .signatureConfirmation(node)
        default:
            throw SecurityFault(
                .unsupportedSecurityToken,
                "\(name.description.prefix(256)) in wsse:Security is not supported"
            )
        }
    }

    private static func referenceList(
        _ node: NodeID,
        in document: XMLDocument,
        policy: InboundPolicy
    ) throws(SecurityFault) -> [String] {
        let ids = try securityFault(
            fromEncryption: ReferenceList.ids(in: node, of: document, limit: policy.limits.encryptedDataCount)
        )
        try policy.checkIdentifiers(ids)
        return ids
    }
}

extension InboundPolicy {
    /// Ids that references name are XML names, unless the policy allows others.
    fileprivate func checkIdentifiers(_ ids: [String]) throws(SecurityFault) {
        guard !allowsForeignIdentifiers, let id = ids.first(where: { !$0.isNCName }) else { return }
        let cause =
            "the id \"\(id.prefix(128))\" is no XML name without colon: allow foreign ids where the partner's stack"
        throw SecurityFault(.failedCheck, cause + " writes them")
    }
}

extension Signature {
    /// Reads `node` and checks its algorithms against the policy.
    static func allowed(
        _ node: NodeID,
        in document: XMLDocument,
        policy: InboundPolicy
    ) throws(SecurityFault) -> Signature {
        let signature = try securityFault(
            fromSignature: Signature(reading: node, in: document, limits: policy.limits.signature)
        )
        let method = signature.signedInfo.method
        guard policy.signatureAlgorithms.contains(method) else {
            throw SecurityFault(.unsupportedAlgorithm, "signature algorithm \(method.uri) is not allowed by the policy")
        }
        for reference in signature.signedInfo.references where !policy.digestAlgorithms.contains(reference.digest) {
            throw SecurityFault(.unsupportedAlgorithm, "digest \(reference.digest) is not allowed by the policy")
        }
        try policy.checkIdentifiers(signature.signedInfo.references.map(\.id))
        return signature
    }
}

extension EncryptedKey {
    /// Reads `node` and checks its algorithm against the policy.
    static func allowed(
        _ node: NodeID,
        in document: XMLDocument,
        policy: InboundPolicy
    ) throws(SecurityFault) -> EncryptedKey {
        let limit = policy.limits.encryptedDataCount
        let key = try securityFault(fromEncryption: EncryptedKey(reading: node, in: document, referenceLimit: limit))
        guard policy.keyTransports.contains(key.method) else {
            throw SecurityFault(.unsupportedAlgorithm, "key transport \(key.method) is not allowed by the policy")
        }
        try policy.checkIdentifiers(key.dataReferences)
        return key
    }
}

extension EncryptedData {
    /// Reads `node` and checks its cipher against the policy.
    static func allowed(
        _ node: NodeID,
        in document: XMLDocument,
        policy: InboundPolicy
    ) throws(SecurityFault) -> EncryptedData {
        let data = try securityFault(fromEncryption: EncryptedData(reading: node, in: document))
        guard policy.encryptionAlgorithms.contains(data.method) else {
            throw SecurityFault(.unsupportedAlgorithm, "cipher \(data.method.uri) is not allowed by the policy")
        }
        return data
    }
}

extension ProcessingLimits {
    fileprivate var signature: SignatureLimits {
        SignatureLimits(referenceCount: referenceCount, inclusivePrefixCount: inclusivePrefixCount)
    }
}
