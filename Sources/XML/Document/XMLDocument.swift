/// A namespace-aware XML document: immutable octets and a tape of nodes that point into them.
///
/// Whatever is one has passed the limits, is well-formed (XML 1.0) and namespace-well-formed (Namespaces in XML 1.0),
/// and has no document type declaration.
package struct XMLDocument: Sendable {
    let tape: Tape
    /// Content that lies elsewhere.
    var placed: PlacedContent?

    /// Scans a document in UTF-8, US-ASCII or UTF-16, with or without byte order mark, in linear time.
    ///
    /// UTF-16 is turned into UTF-8 first, its declared encoding with it; positions count in the result.
    /// With `reusing`, the octets are those of `ReusableOctets` and given back after the document.
    package init(scanning octets: [UInt8], limits: XMLLimits = .standard, reusing: Bool = false) throws(XMLError) {
        let most = min(limits.octetCount, Int(UInt32.max) - 1)
        guard octets.count <= most else { throw XMLError(.limitExceeded(.octetCount, most), at: most) }
        let (encoding, markLength) = try DocumentEncoding.detect(octets.span)
        guard encoding != .utf8 else {
            tape = try Self.scan(octets, from: markLength, encoding: .utf8, limits: limits, isOwner: reusing)
            return
        }
        let isBigEndian = encoding == .utf16BigEndian
        let transcoded = try UTF16Transcoding.octets(octets.span, from: markLength, isBigEndian: isBigEndian)
        tape = try Self.scan(transcoded, from: 0, encoding: encoding, limits: limits)
    }

    private static func scan(
        _ octets: [UInt8],
        from start: Int,
        encoding: DocumentEncoding,
        limits: XMLLimits,
        isOwner: Bool = false
    ) throws(XMLError) -> Tape {
        let input = octets.span
        let isASCII = try isASCII(input, from: start, encoding: encoding)
        let declaration = try Declaration(reading: input, at: start)
        if let name = declaration.encoding {
            try encoding.check(declared: input.string(in: name), isASCII: isASCII, at: name.lowerBound)
            if encoding != .utf8 {
                let utf8 = Array(octets[..<name.lowerBound]) + Array("UTF-8".utf8) + octets[name.upperBound...]
                return try scan(utf8, from: start, encoding: .utf8, limits: limits)
            }
        }
        var scanner = Scanner(octetCount: octets.count, limits: limits)
        scanner.position = declaration.end
        try scanner.scanDocument(input)
        return scanner.tape(of: octets, isOwner: isOwner)
    }

    /// Whether all octets are US-ASCII.
    ///
    /// Where some are no characters, an encoding that is declared and not read is the better reason.
    private static func isASCII(
        _ input: Span<UInt8>,
        from start: Int,
        encoding: DocumentEncoding
    ) throws(XMLError) -> Bool {
        do throws(XMLError) {
            return try CharacterCheck.check(input)
        } catch {
            if let name = (try? Declaration(reading: input, at: start))?.encoding {
                try encoding.check(declared: input.string(in: name), isASCII: false, at: name.lowerBound)
            }
            throw error
        }
    }
}

extension XMLDocument {
    /// The document in UTF-8.
    package var octets: [UInt8] { tape.octets }

    /// The document element.
    package var root: NodeID { NodeID(tape.root) }

    /// Line and column, both from 1, of an octet; columns count characters.
    ///
    /// Linear in the offset.
    package func lineAndColumn(at offset: Int) -> (line: Int, column: Int) {
        let place = LinePosition(of: offset, in: tape.octets)
        return (place.line, place.column)
    }
}

extension Scanner {
    /// The tables as a tape.
    consuming func tape(of octets: [UInt8], isOwner: Bool) -> Tape {
        Tape(octets: octets, tables: tables, root: Int(root), isOwner: isOwner)
    }
}
