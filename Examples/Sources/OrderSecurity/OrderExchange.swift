import Foundation
public import WSSecurity

/// How client and service protect what they send and what they demand of what they receive: the same both ways.
public struct OrderExchange: Sendable {
    private let protector: MessageProtector
    private let processor: MessageProcessor

    /// The exchange of `own` with `partner`; their keys and certificates are in `keys`.
    public init(own: String, partner: String, keys: KeyFolder) throws {
        let (key, certificate) = try (keys.key(own), keys.certificate(own))
        let other = try keys.certificate(partner)
        protector = MessageProtector(
            OutboundProtection(
                signature: (SignatureSettings(), SigningCredential(key: key, certificate: certificate)),
                encryption: (EncryptionSettings(), other)
            )
        )
        processor = MessageProcessor(
            policy: InboundPolicy(signed: [.body, .timestamp], encrypted: [.body]),
            keys: StaticTrustedKeys(
                verifying: [other],
                decrypting: [DecryptionKey(certificate: certificate, key: key)]
            ),
            // A message is accepted once. Several nodes of one service must share one cache of their own.
            replayCache: MemoryReplayCache()
        )
    }

    /// A message for the partner: signed, then encrypted.
    public func protect(_ envelope: String) throws(SecurityFault) -> [UInt8] {
        try protector.protect(Array(envelope.utf8), now: Date())
    }

    /// A message of the partner: decrypted and verified, or a fault.
    public func open(_ message: [UInt8]) throws(SecurityFault) -> ProcessedMessage {
        try processor.process(message, receivedAt: Date())
    }
}
