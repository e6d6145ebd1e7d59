import WSSecurity

/// How a partner system protects what it sends and what it demands of what it receives: always signed and encrypted.
struct PartnerProtection: Sendable {
    /// How the signing key is named in a message.
    var keyReference = KeyReference.binarySecurityToken
    /// How the encryption key is named in a message.
    var encryptionKeyReference = KeyReference.issuerSerial

    init() {}

    /// - Throws: ``MissingKey`` when no key of a needed use is in use.
    func outbound(with keys: HeldKeys) throws -> OutboundProtection {
        guard let signing = keys.inUse(.sign).first, let privateKey = signing.privateKey else {
            throw MissingKey(use: .sign)
        }
        guard let recipient = keys.inUse(.encrypt).first else {
            throw MissingKey(use: .encrypt)
        }
        var signature = SignatureSettings()
        signature.keyReference = keyReference
        var encryption = EncryptionSettings()
        encryption.keyReference = encryptionKeyReference
        return OutboundProtection(
            signature: (signature, SigningCredential(key: privateKey, certificate: signing.certificate)),
            encryption: (encryption, recipient.certificate),
            timestampLifetime: .seconds(300)
        )
    }

    /// Body and timestamp signed, body encrypted.
    var inbound: InboundPolicy {
        var policy = InboundPolicy()
        policy.signed = [.body, .timestamp]
        policy.encrypted = [.body]
        policy.requiresTimestamp = true
        return policy
    }
}

/// A partner system lacks a key that it needs to protect a message.
struct MissingKey: Error, CustomStringConvertible {
    let use: PartnerKeyUse

    var description: String { "no key is in use to \(use); take one into use through the control interface" }
}
