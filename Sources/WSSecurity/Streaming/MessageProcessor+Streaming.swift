public import FoundationEssentials
import XML
import XMLSignature

extension MessageProcessor {
    /// Processes a message too large for memory, by the same policy and with the same outcome as `process(_:receivedAt:)`.
    ///
    /// The Body's content is read from file to file; all else is held. `output` gets the envelope, decrypted and without the
    /// Security header that was for us, once everything has been verified, and is not there before; only its owner can read it.
    /// `spool` is a folder for temporary files, which have no name and are gone afterwards, come what may; they take the
    /// message and, when it is encrypted, its plaintext. Throws `refused` with the fault that the message would get in memory; or
    /// with a cause that says why a stream cannot serve it: not UTF-8, references to elements within Body, encrypted data
    /// other than Body's whole content, inclusive canonicalization of parts under `xml:` attributes, parts within Body.
    public func process(
        contentsOf message: URL,
        to output: URL,
        spool: URL,
        limits: StreamingLimits = StreamingLimits(),
        receivedAt now: Date
    ) throws(LargeMessageError) -> StreamedMessage {
        let source = try SpoolFile(reading: message.path)
        let file = try SpoolFile(temporaryIn: spool.path)
        try source.read { chunk throws(LargeMessageError) in try file.append(chunk, limit: limits.octetCount) }
        return try process(file, to: output, spool: spool, limits: limits, receivedAt: now)
    }

    /// Processes a message that arrives in chunks, such as from a network, until `next` yields `nil`.
    public func process(
        chunks next: () throws -> [UInt8]?,
        to output: URL,
        spool: URL,
        limits: StreamingLimits = StreamingLimits(),
        receivedAt now: Date
    ) throws -> StreamedMessage {
        let file = try SpoolFile(temporaryIn: spool.path)
        while let chunk = try next() { try file.append(chunk.span, limit: limits.octetCount) }
        return try process(file, to: output, spool: spool, limits: limits, receivedAt: now)
    }

    /// Processes a message in a spool file that nobody else writes to; the envelope comes in another one.
    package func process(
        _ file: SpoolFile,
        spool folder: String,
        limits: StreamingLimits,
        receivedAt now: Date
    ) throws(LargeMessageError) -> (message: StreamedMessage, envelope: SpoolFile) {
        let (body, outcome) = try opened(file, spool: folder, limits: limits, receivedAt: now)
        let envelope = try SpoolFile(temporaryIn: folder)
        try body.write(outcome.message.envelope, droppingComments: outcome.dropsComments, to: envelope)
        if let failure = body.failure { throw failure }
        return (StreamedMessage(outcome.message), envelope)
    }

    private func process(
        _ file: SpoolFile,
        to output: URL,
        spool: URL,
        limits: StreamingLimits,
        receivedAt now: Date
    ) throws(LargeMessageError) -> StreamedMessage {
        let (body, outcome) = try opened(file, spool: spool.path, limits: limits, receivedAt: now)
        let result = try OutputFile(output.path)
        try body.write(outcome.message.envelope, droppingComments: outcome.dropsComments, to: result.file)
        if let failure = body.failure { throw failure }
        try result.commit()
        return StreamedMessage(outcome.message)
    }

    private typealias Outcome = (message: ProcessedMessage, dropsComments: Bool)

    private func opened(
        _ file: SpoolFile,
        spool folder: String,
        limits: StreamingLimits,
        receivedAt now: Date
    ) throws(LargeMessageError) -> (StreamedBody, Outcome) {
        let message = try LargeMessage(in: file, limits: limits, xml: policy.limits.xml, looksForCipherValue: true)
        let body = StreamedBody(message, policy: policy, limits: limits, folder: folder)
        let outcome: Outcome
        do throws(SecurityFault) {
            outcome = try processed(body, at: now)
        } catch {
            throw body.failure ?? .refused(error)
        }
        if let failure = body.failure { throw failure }
        return (body, outcome)
    }

    private func processed(
        _ body: StreamedBody,
        at now: Date
    ) throws(SecurityFault) -> Outcome {
        for part in policy.signed.union(policy.encrypted) {
            if case .element(let path) = part, path.origin == .body {
                throw .unservable("the policy names parts within Body")
            }
        }
        let snapshot = try MessageSnapshot(body.message.document, policy: policy, streaming: body)
        try body.checkReferences(in: snapshot)
        var processing = processing(of: snapshot, at: now)
        processing.streamed = body
        do throws(SecurityFault) {
            let message = try processing.run()
            return (message, processing.signed[.body]?.withComments == false)
        } catch {
            guard let obstacle = body.message.placed.error else { throw error }
            throw .unservable(obstacle.description)
        }
    }
}
