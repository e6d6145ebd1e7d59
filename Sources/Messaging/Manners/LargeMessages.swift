import FoundationEssentials
import WSSecurity

/// Processes and protects messages where they lie: those in memory there, those in a spool file from file to file.
struct LargeMessages {
    /// What came out of protecting.
    struct Protected: Sendable {
        let envelope: Payload
        let signatureValues: [[UInt8]]
    }

    /// The folder of spool files.
    let spool: String
    /// The parts that are to be found: a stream cannot serve those within Body, so such a message is held in memory.
    let parts: () -> Set<MessagePart>

    /// Throws a `SecurityFault`, or a `LargeMessageError` when a file cannot be used.
    func process(_ entity: MessageEntity, by processor: MessageProcessor, at now: Date) async throws -> OpenedMessage {
        let frame = entity.frame
        guard let file = try file(of: entity.envelope) else {
            let octets = try entity.envelope.octets()
            return try await inMemory(octets.count) {
                OpenedMessage(try processor.process(octets, receivedAt: now), in: frame)
            }
        }
        return try await elsewhere { spool throws(LargeMessageError) in
            let (message, envelope) = try processor.process(
                file,
                spool: spool,
                limits: StreamingLimits(),
                receivedAt: now
            )
            return OpenedMessage(message, envelope, in: frame)
        }
    }

    /// Throws a `SecurityFault`, or a `LargeMessageError` when a file cannot be used.
    func protect(_ envelope: Payload, by protector: MessageProtector, at now: Date) async throws -> Protected {
        guard let file = try file(of: envelope) else {
            let octets = try envelope.octets()
            return try await inMemory(octets.count) {
                let message = try protector.protectedMessage(of: octets, now: now)
                return Protected(envelope: Payload(message.octets), signatureValues: message.signatureValues)
            }
        }
        return try await elsewhere { spool throws(LargeMessageError) in
            let (envelope, values) = try protector.protect(file, spool: spool, limits: StreamingLimits(), now: now)
            return Protected(envelope: Payload(envelope), signatureValues: values)
        }
    }

    /// The file that is processed as a stream; `nil` = the message is held.
    private func file(of envelope: Payload) throws(SecurityFault) -> SpoolFile? {
        guard let file = envelope.file, !isWithinBody else {
            guard envelope.octetCount <= Self.heldOctetLimit else {
                let cause = "the flow names parts within Body, so a message may have \(Self.heldOctetLimit) octets"
                throw SecurityFault(.malformedMessage, cause)
            }
            return nil
        }
        return file
    }

    private var isWithinBody: Bool {
        parts().contains { if case .element(let path) = $0 { path.origin == .body } else { false } }
    }

    private static let heldOctetLimit = 10 << 20
    /// Up to here the key's operation takes the most time, and other messages of the same thread can wait for the rest.
    private static let shortOctetCount = 128 << 10

    private func inMemory<Value: Sendable>(
        _ octetCount: Int,
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        octetCount <= Self.shortOctetCount ? try work() : try await LongWork.run(work)
    }

    private func elsewhere<Value: Sendable>(
        _ work: @escaping @Sendable (String) throws(LargeMessageError) -> Value
    ) async throws -> Value {
        do {
            return try await LongWork.run { [spool] in try work(spool) }
        } catch LargeMessageError.refused(let fault) {
            throw fault
        }
    }
}
