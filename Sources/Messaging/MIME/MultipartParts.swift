import WSSecurity

/// The body parts of a multipart body: their headers and places.
struct MultipartParts {
    /// One of them.
    struct Part {
        let header: PartHeader
        /// Where the header begins.
        let headerStart: Int
        /// The place of the content.
        let content: Range<Int>
    }

    private let parts: [Part]

    /// Reads the headers of all parts; contents are not looked into.
    init(_ payload: Payload, boundary: String, limits: MultipartLimits) throws {
        let scan = DelimiterScan(boundary: Array(boundary.utf8))
        let delimiters = try scan.delimiters(in: payload, limit: limits.partCount + 1)
        guard delimiters.count <= limits.partCount + 1 else {
            throw MIMEError.limitExceeded("\(limits.partCount) parts")
        }
        guard let first = delimiters.first, let last = delimiters.last, last.isLast, delimiters.count > 1,
            delimiters.dropLast().allSatisfy({ !$0.isLast })
        else { throw MIMEError.malformed("it has no part, or is not closed by its boundary once at its end") }
        guard first.range.lowerBound <= limits.preambleOctetCount,
            payload.octetCount - last.range.upperBound <= limits.preambleOctetCount
        else { throw MIMEError.limitExceeded("\(limits.preambleOctetCount) octets outside of the parts") }
        parts = try zip(delimiters, delimiters.dropFirst())
            .map { start, end in
                try Self.part(start.range.upperBound..<end.range.lowerBound, of: payload, limits)
            }
    }

    /// The part that `start` names, or the first one (RFC 2387 section 3.2); no two parts may have one content id.
    func root(start: String?) throws(MIMEError) -> Part {
        var byID: [String: Part] = [:]
        for part in parts {
            guard let id = try part.header.contentID() else { continue }
            guard byID.updateValue(part, forKey: id) == nil else {
                throw .malformed("two parts have the same Content-ID")
            }
        }
        guard let start else { return parts[0] }
        guard let root = byID[PartHeader.withoutBrackets(start)] else {
            throw .malformed("no part has the Content-ID that `start` names")
        }
        return root
    }

    private static func part(_ range: Range<Int>, of payload: Payload, _ limits: MultipartLimits) throws -> Part {
        guard range.lowerBound <= range.upperBound else { throw MIMEError.malformed("a part is empty") }
        let most = range.clamped(to: range.lowerBound..<range.lowerBound + limits.headerOctetCount)
        let octets = try payload.part(most).octets()
        guard let end = headerEnd(octets) else {
            throw octets.count == limits.headerOctetCount
                ? MIMEError.limitExceeded("\(limits.headerOctetCount) octets of a part's header")
                : MIMEError.malformed("a part's header does not end")
        }
        return Part(
            header: try PartHeader(Array(octets[..<end]), limits: limits),
            headerStart: range.lowerBound,
            content: range.lowerBound + end + 2..<range.upperBound
        )
    }

    /// Where the blank line begins.
    private static func headerEnd(_ octets: [UInt8]) -> Int? {
        if octets.starts(with: [0x0D, 0x0A]) { return 0 }
        for index in octets.indices.dropLast(3)
        where octets[index] == 0x0D && octets[index + 1] == 0x0A && octets[index + 2] == 0x0D
            && octets[index + 3] == 0x0A
        {
            return index + 2
        }
        return nil
    }
}
