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
        case (XMLSignatureNamespace.signature, "Signature"):
            self = .signature(try Self.signature(node, in: document, policy: policy))
        case (XMLEncryptionNamespace.encryption, "EncryptedKey"):
            self = .encryptedKey(try Self.encryptedKey(node, in: document, policy: policy))
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

    private static func signature(
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
        return signature
    }

    private static func encryptedKey(
        _ node: NodeID,
        in document: XMLDocument,
        policy: InboundPolicy
    ) throws(SecurityFault) -> EncryptedKey {
        let limit = policy.limits.encryptedDataCount
        let key = try securityFault(fromEncryption: EncryptedKey(reading: node, in: document, referenceLimit: limit))
        guard policy.keyTransports.contains(key.method) else {
            throw SecurityFault(.unsupportedAlgorithm, "key transport \(key.method) is not allowed by the policy")
        }
        return key
    }

    private static func referenceList(
        _ node: NodeID,
        in document: XMLDocument,
        policy: InboundPolicy
    ) throws(SecurityFault) -> [String] {
        try securityFault(
            fromEncryption: ReferenceList.ids(in: node, of: document, limit: policy.limits.encryptedDataCount)
        )
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
