import FoundationEssentials
import WSSecurity

// The code of the pages in Sources/WSSecurity/WSSecurity.docc, word for word: `scripts/check-docs` compares them, and
// SnippetTests runs them. Only the public interface is used.

func sign(_ envelope: [UInt8], key: PrivateKey, certificate: Certificate) throws -> [UInt8] {
    let protector = MessageProtector(
        OutboundProtection(
            signature: (SignatureSettings(), SigningCredential(key: key, certificate: certificate))
        )
    )
    return try protector.protect(envelope, now: Date())
}

func verify(_ message: [UInt8], from partner: Certificate) throws -> [UInt8] {
    let processor = MessageProcessor(
        policy: InboundPolicy(signed: [.body, .timestamp]),
        keys: StaticTrustedKeys(verifying: [partner])
    )
    let verified = try processor.process(message, receivedAt: Date())
    return verified.body
}

func signAndEncrypt(_ envelope: [UInt8], as own: SigningCredential, for recipient: Certificate) throws -> [UInt8] {
    let protector = MessageProtector(
        OutboundProtection(
            signature: (SignatureSettings(), own),
            encryption: (EncryptionSettings(), recipient)
        )
    )
    return try protector.protect(envelope, now: Date())
}

func open(_ message: [UInt8], as own: DecryptionKey, from partner: Certificate) throws -> [UInt8] {
    let processor = MessageProcessor(
        policy: InboundPolicy(signed: [.body, .timestamp], encrypted: [.body]),
        keys: StaticTrustedKeys(verifying: [partner], decrypting: [own])
    )
    return try processor.process(message, receivedAt: Date()).envelope
}

func protectLarge(_ envelope: URL, to message: URL, for recipient: Certificate, as own: SigningCredential) throws {
    let protector = MessageProtector(
        OutboundProtection(
            signature: (SignatureSettings(), own),
            encryption: (EncryptionSettings(), recipient)
        )
    )
    let spool = message.deletingLastPathComponent()
    try protector.protect(contentsOf: envelope, to: message, spool: spool, now: Date())
}

func openLarge(_ message: URL, to envelope: URL, from partner: Certificate, as own: DecryptionKey) throws -> Signer? {
    let processor = MessageProcessor(
        policy: InboundPolicy(signed: [.body, .timestamp], encrypted: [.body]),
        keys: StaticTrustedKeys(verifying: [partner], decrypting: [own])
    )
    let spool = envelope.deletingLastPathComponent()
    let verified = try processor.process(contentsOf: message, to: envelope, spool: spool, receivedAt: Date())
    return verified.signatures.first?.signer
}

func policyForAnOldPartner() -> InboundPolicy {
    var policy = InboundPolicy(signed: [.body, .timestamp], encrypted: [.body], order: .signThenEncrypt)
    policy.signatureAlgorithms.insert(.rsaSHA1)
    policy.digestAlgorithms.insert(.sha1)
    policy.encryptionAlgorithms.insert(.aes256CBC)
    policy.maximumAge = .seconds(600)
    return policy
}

func answer(to fault: SecurityFault, log: (String) -> Void) -> [UInt8] {
    log("refused: \(fault)")
    return SOAPFault.security(fault, version: .soap11).envelope()
}
