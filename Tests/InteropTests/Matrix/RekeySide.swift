import Foundation
import WSSecurity

/// What Rekey does in a cell.
struct RekeySide {
    let keys: InteropKeys

    func protect(_ envelope: [UInt8], _ cell: Cell) throws -> [UInt8] {
        let signer = keys.signer(of: cell)
        let signature = SignatureSettings(keyReference: cell.reference)
        let encryption = EncryptionSettings(
            algorithm: cell.cipher,
            keyTransport: .rsaOAEPMGF1P(digest: cell.oaep),
            keyReference: cell.reference
        )
        let protection = OutboundProtection(
            signature: cell.isSigned
                ? (signature, SigningCredential(key: signer.key, certificate: signer.certificate)) : nil,
            encryption: cell.isEncrypted ? (encryption, keys.recipient.certificate) : nil,
            order: cell.operation == .encryptSign ? .encryptThenSign : .signThenEncrypt
        )
        return try MessageProtector(protection).protect(envelope, now: Date())
    }

    /// Processes under a policy that demands everything that the cell protects, and trusts `signer` alone.
    func process(_ message: [UInt8], _ cell: Cell, trusting signer: InteropKeys.Pair? = nil) throws -> ProcessedMessage
    {
        var policy = InboundPolicy(
            signed: cell.isSigned ? [.body, .timestamp] : [],
            encrypted: cell.isEncrypted ? [.body] : [],
            requiresTimestamp: cell.isSigned,
            order: cell.order
        )
        policy.encryptionAlgorithms = Set(EncryptionMethod.allCases)
        let trusted = StaticTrustedKeys(
            verifying: [(signer ?? keys.signer(of: cell)).certificate],
            decrypting: [DecryptionKey(certificate: keys.recipient.certificate, key: keys.recipient.key)]
        )
        return try MessageProcessor(policy: policy, keys: trusted).process(message, receivedAt: Date())
    }
}

extension Cell {
    var isSigned: Bool { operation != .encrypt }

    var isEncrypted: Bool {
        switch operation {
        case .sign, .signWithP256: false
        case .encrypt, .signEncrypt, .encryptSign: true
        }
    }

    var order: ProtectionOrder? {
        switch operation {
        case .sign, .signWithP256, .encrypt: nil
        case .signEncrypt: .signThenEncrypt
        case .encryptSign: .encryptThenSign
        }
    }
}
