import Foundation
import WSSecurity

/// Protects what a partner system sends and processes what it receives, with the keys it holds at that moment.
struct SecureExchange: Sendable {
    let keyring: PartnerKeyring
    let protection: PartnerProtection
    let log: TrafficLog

    /// Signs and encrypts an envelope that is no message of the traffic.
    func protect(_ envelope: [UInt8]) throws -> [UInt8] {
        try MessageProtector(protection.outbound(with: keyring.snapshot)).protect(envelope, now: log.now.date)
    }

    /// Signs and encrypts an envelope, and notes the keys as used for message `id`.
    func protect(_ envelope: [UInt8], of id: String) throws -> [UInt8] {
        let keys = keyring.snapshot
        let now = log.now
        let octets = try MessageProtector(protection.outbound(with: keys)).protect(envelope, now: now.date)
        let used = keys.inUse(.sign) + keys.inUse(.encrypt)
        log.note { record, moment in
            for key in used { record.use(key.use, of: key.fingerprint, message: id, at: moment) }
        }
        return octets
    }

    /// Verifies and decrypts a message that must be signed (body and timestamp) and encrypted (body).
    func process(_ message: [UInt8]) throws(SecurityFault) -> ProcessedMessage {
        let keys = keyring.snapshot
        let trusted = StaticTrustedKeys(
            verifying: keys.inUse(.verify).map(\.certificate),
            decrypting: keys.inUse(.decrypt)
                .compactMap { held in
                    held.privateKey.map { DecryptionKey(certificate: held.certificate, key: $0) }
                }
        )
        return try MessageProcessor(policy: protection.inbound, keys: trusted)
            .process(message, receivedAt: log.now.date)
    }

    /// Notes the keys that `message` turned out to be protected with.
    func noteKeys(of message: ProcessedMessage, id: String) {
        log.note { record, moment in
            for certificate in message.signatures.compactMap(\.certificate) {
                record.use(.verify, of: certificate.fingerprint, message: id, at: moment)
            }
            for certificate in message.decryptions.compactMap(\.certificate) {
                record.use(.decrypt, of: certificate.fingerprint, message: id, at: moment)
            }
        }
    }
}
