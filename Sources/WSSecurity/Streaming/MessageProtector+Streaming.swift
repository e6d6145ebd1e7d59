public import FoundationEssentials
import XML

extension MessageProtector {
    /// Protects a message too large for memory, with the same outcome as `protect(_:now:)`.
    ///
    /// The Body's content is read from file to file; all else is held. `output` gets the protected message once it is whole,
    /// and is not there before; only its owner can read it. `spool` is a folder for temporary files, which have no name and
    /// are gone afterwards, come what may; they take the message, and its ciphertext when it is encrypted. Throws `refused`
    /// with the fault that the message would get in memory; or with a cause that says why a stream cannot serve it: not UTF-8,
    /// parts within Body, inclusive canonicalization of parts under `xml:` attributes, ids that Body's elements share with
    /// others.
    public func protect(
        contentsOf envelope: URL,
        to output: URL,
        spool: URL,
        limits: StreamingLimits = StreamingLimits(),
        now: Date
    ) throws(LargeMessageError) {
        let source = try SpoolFile(reading: envelope.path)
        let file = try SpoolFile(temporaryIn: spool.path)
        try source.read { chunk throws(LargeMessageError) in try file.append(chunk, limit: limits.octetCount) }
        let (body, octets, _) = try opened(file, spool: spool.path, limits: limits, now: now)
        let result = try OutputFile(output.path)
        try body.write(octets, to: result.file)
        try result.commit()
    }

    /// Protects a message in a spool file that nobody else writes to; the protected one comes in another one, with the values of the signatures.
    package func protect(
        _ file: SpoolFile,
        spool folder: String,
        limits: StreamingLimits,
        now: Date
    ) throws(LargeMessageError) -> (message: SpoolFile, signatureValues: [[UInt8]]) {
        let (body, octets, signatures) = try opened(file, spool: folder, limits: limits, now: now)
        let result = try SpoolFile(temporaryIn: folder)
        try body.write(octets, to: result)
        return (result, signatures)
    }

    private func opened(
        _ file: SpoolFile,
        spool folder: String,
        limits: StreamingLimits,
        now: Date
    ) throws(LargeMessageError) -> (StreamedProtection, octets: [UInt8], signatures: [[UInt8]]) {
        let message = try LargeMessage(in: file, limits: limits, xml: .standard, looksForCipherValue: false)
        let body = StreamedProtection(message, folder: folder)
        let result: (octets: [UInt8], signatures: [[UInt8]])
        do throws(SecurityFault) {
            try check(message)
            result = try protect(message.document, streaming: body, now: now)
        } catch {
            if let failure = body.failure { throw failure }
            throw .refused(error)
        }
        if let failure = body.failure { throw failure }
        if let obstacle = body.obstacle { throw .unservable(obstacle.description) }
        return (body, result.octets, result.signatures)
    }

    /// Parts must be held, and ids of held elements must be theirs alone.
    private func check(_ message: LargeMessage) throws(SecurityFault) {
        for case .element(let path) in parts where path.origin == .body {
            throw .unservable("the settings name parts within Body")
        }
        let names = MessageSnapshot.identifiers + [ExpandedName("Id")]
        for (_, attribute) in message.document.attributes(named: names)
        where message.survey.identifiers.isAmbiguous(attribute.value) {
            throw .unservable("an element outside of Body has an id that one within Body has too")
        }
    }
}
