import XML

extension StreamedBody {
    /// Writes `envelope`, which holds what stands in for the content, with the content.
    ///
    /// Comments in it are left out when anyone can have put them there.
    func write(_ envelope: [UInt8], droppingComments: Bool, to file: SpoolFile) throws(LargeMessageError) {
        guard let place = message.placed.placeholderRange(in: envelope) else {
            return try file.append(envelope.span)
        }
        try file.append(envelope.span.extracting(0..<place.lowerBound))
        if droppingComments, message.survey.hasComments, !message.survey.isCipherValue {
            try writeWithoutComments(to: file)
        } else {
            try copy(message.content.range, to: file)
        }
        try file.append(envelope.span.extracting(place.upperBound..<envelope.count))
    }

    private func writeWithoutComments(to file: SpoolFile) throws(LargeMessageError) {
        guard let start = message.document.placeholderRange?.lowerBound else { return }
        let content = message.content.range
        var written = content.lowerBound
        var failure: LargeMessageError?
        do throws(XMLError) {
            try message.document.stream(canonicalizing: [], limits: message.placed.limits) { _, event in
                guard case .node(.comment, _, let range) = event, failure == nil else { return }
                let first = range.lowerBound - start + content.lowerBound
                guard first >= written, range.upperBound - start <= content.count else { return }
                do throws(LargeMessageError) {
                    try copy(written..<first, to: file)
                } catch {
                    failure = error
                }
                written = first + range.count
            }
        } catch {
            throw .refused(SecurityFault(.malformedMessage, error.description))
        }
        if let failure { throw failure }
        try copy(written..<content.upperBound, to: file)
    }

    private func copy(_ range: Range<Int>, to file: SpoolFile) throws(LargeMessageError) {
        try message.content.file.read(range) { chunk throws(LargeMessageError) in try file.append(chunk) }
    }
}
