import Foundation
import WSSecurity

/// What Rekey does in a cell.
struct RekeySide: Sendable {
    let keys: InteropKeys

    /// Who UsernameTokens are of.
    private static let user = "alice"
    private static let secret = SharedKey(name: user, password: "correct horse battery staple")

    /// A value of a cell that the engine has no word for.
    struct Unknown: Error {
        let cell: Cell
    }

    func protect(_ envelope: [UInt8], _ cell: Cell) throws -> [UInt8] {
        let signer = keys.signer(of: cell)
        var protection = OutboundProtection(
            signature: cell.isSigned
                ? (try signature(of: cell), SigningCredential(key: signer.key, certificate: signer.certificate)) : nil,
            encryption: cell.isEncrypted ? (try encryption(of: cell), keys.recipient(of: cell).certificate) : nil,
            order: cell.order ?? .signThenEncrypt,
            actor: cell.actor
        )
        protection.confirmations = cell.confirmed
        if cell.bringsToken {
            let form = UsernameTokenDemand.PasswordForm(rawValue: cell[.username]) ?? .digest
            protection.usernameToken = UsernameCredential(name: Self.user, password: Self.secret, form: form)
        }
        if cell[.recipients] == "2" { protection.furtherRecipients = [keys.stranger.certificate] }
        return try MessageProtector(protection).protect(envelope, now: Date())
    }

    /// Processes under a policy that demands everything that the cell protects, allows nothing else, and trusts the
    /// cell's signer alone.
    func process(_ message: [UInt8], _ cell: Cell) throws -> ProcessedMessage {
        let trusted = try InteropTrust(
            keys,
            signer: keys.signer(of: cell).certificate,
            recipient: keys.recipient(of: cell),
            user: Self.secret
        )
        return try MessageProcessor(policy: policy(of: cell), keys: trusted).process(message, receivedAt: Date())
    }

    private func policy(of cell: Cell) throws -> InboundPolicy {
        var policy = InboundPolicy(
            signed: cell.isSigned ? Set(cell.signedMessageParts) : [],
            encrypted: cell.isEncrypted ? Set(cell.encryptedMessageParts) : [],
            requiresTimestamp: false,
            order: cell.order,
            actor: cell.actor
        )
        if cell.bringsToken {
            policy.usernameToken = UsernameTokenDemand(
                forms: cell[.username] == "text" ? [.text] : [.digest],
                requiresNonce: cell[.username] == "digest",
                requiresCreated: cell[.username] == "digest"
            )
        }
        policy.confirmations = cell.confirmed.map(Set.init)
        if cell.isShared { policy.acceptedSharedKeys = [keys.secret.name] }
        // The ids of WSS4J's tokens for encryption may begin with a digit.
        policy.allowsForeignIdentifiers = true
        if cell.isSigned {
            guard let method = cell.signatureMethod, let digest = cell.digest else { throw Unknown(cell: cell) }
            policy.signatureAlgorithms = [method]
            policy.digestAlgorithms = [digest]
        }
        if cell.isEncrypted {
            guard let cipher = cell.cipher, let transport = cell.keyTransport else { throw Unknown(cell: cell) }
            policy.encryptionAlgorithms = [cipher]
            policy.keyTransports = [transport]
        }
        return policy
    }

    private func signature(of cell: Cell) throws -> SignatureSettings {
        guard let hash = cell.signatureHash, let digest = cell.digest, let form = cell.canonicalization,
            let reference = KeyReference(rawValue: cell[.signatureReference])
        else { throw Unknown(cell: cell) }
        return SignatureSettings(
            algorithm: hash,
            scheme: cell[.signature].hasPrefix("pss") ? .pss : .pkcs1,
            digest: digest,
            canonicalization: form,
            keyReference: reference,
            usesSTRTransform: cell.signedParts.contains("str"),
            parts: cell.signedMessageParts
        )
    }

    private func encryption(of cell: Cell) throws -> EncryptionSettings {
        guard let cipher = cell.cipher, let transport = cell.keyTransport,
            let reference = KeyReference(rawValue: cell[.encryptionReference])
        else { throw Unknown(cell: cell) }
        return EncryptionSettings(
            algorithm: cipher,
            keyTransport: transport,
            keyReference: reference,
            keyPlacement: cell[.placement] == "data" ? .encryptedData : .header,
            parts: cell.encryptedMessageParts.filter { $0 == .body },
            wholeParts: Set(cell.encryptedMessageParts.filter { $0 != .body })
        )
    }
}
