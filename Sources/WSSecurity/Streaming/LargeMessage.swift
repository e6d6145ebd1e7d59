import XML

/// A message whose Body's content lies in a spool file.
struct LargeMessage {
    /// The message with a stand-in for the content, which canonical forms have in its place.
    let document: XMLDocument
    let content: SpooledContent
    let placed: XMLContent
    let survey: MessageSurvey

    /// Surveys the octets of `file`; those of the content stay there.
    init(
        in file: SpoolFile,
        limits: StreamingLimits,
        xml: XMLLimits,
        looksForCipherValue: Bool
    ) throws(LargeMessageError) {
        let survey = try Self.survey(file, limits, xml, looksForCipherValue: looksForCipherValue)
        let range = survey.content ?? file.octetCount..<file.octetCount
        guard file.octetCount - range.count <= limits.headerOctetCount else {
            let cause = "more than \(limits.headerOctetCount) octets besides the content of Body"
            throw .refused(SecurityFault(.malformedMessage, cause))
        }
        let placeholder = Placeholder.make()
        var octets: [UInt8] = []
        let append = { (chunk: Span<UInt8>) in chunk.withUnsafeBufferPointer { octets.append(contentsOf: $0) } }
        try file.read(0..<range.lowerBound) { chunk throws(LargeMessageError) in append(chunk) }
        if survey.content != nil { octets += placeholder }
        try file.read(range.upperBound..<file.octetCount) { chunk throws(LargeMessageError) in append(chunk) }
        let content = SpooledContent(file, range)
        do throws(SecurityFault) {
            let document = try XMLDocument(message: octets, limits: xml)
            let placed = XMLContent(
                placeholder: placeholder,
                source: content,
                limits: limits.xml(xml),
                relativeNamespace: survey.relativeNamespace
            )
            self.init(document: document.filled(with: placed), content: content, placed: placed, survey: survey)
        } catch {
            throw .refused(error)
        }
    }

    init(document: XMLDocument, content: SpooledContent, placed: XMLContent, survey: MessageSurvey) {
        self.document = document
        self.content = content
        self.placed = placed
        self.survey = survey
    }

    private static func survey(
        _ file: SpoolFile,
        _ limits: StreamingLimits,
        _ xml: XMLLimits,
        looksForCipherValue: Bool
    ) throws(LargeMessageError) -> MessageSurvey {
        var survey = MessageSurvey(limits: limits, looksForCipherValue: looksForCipherValue)
        var stream = XMLStream(limits: limits.xml(xml))
        try file.read { chunk throws(LargeMessageError) in
            try Self.refusing { () throws(XMLError) in try stream.read(chunk) { survey.visit($0, $1) } }
        }
        try refusing { () throws(XMLError) in try stream.finish { survey.visit($0, $1) } }
        if let obstacle = survey.obstacle { throw .unservable(obstacle) }
        guard !survey.identifiers.isFull else { throw .unservable("more than \(limits.identifierCount) ids") }
        return survey
    }

    private static func refusing(_ body: () throws(XMLError) -> Void) throws(LargeMessageError) {
        do throws(XMLError) {
            try body()
        } catch {
            throw .refused(SecurityFault(.malformedMessage, error.description))
        }
    }
}

extension LargeMessageError {
    /// A message that could be served in memory only.
    static func unservable(_ cause: String) -> LargeMessageError { .refused(.unservable(cause)) }
}

extension SecurityFault {
    /// A message that could be served in memory only.
    static func unservable(_ cause: String) -> SecurityFault {
        SecurityFault(.invalidSecurity, "the message cannot be processed as a stream: \(cause)")
    }
}
