/// The encodings that a document may arrive in (XML 1.0 section 4.3.3 and appendix F).
enum DocumentEncoding {
    case utf8, utf16BigEndian, utf16LittleEndian

    /// What the first octets show, and the length of the byte order mark.
    static func detect(_ input: Span<UInt8>) throws(XMLError) -> (encoding: Self, markLength: Int) {
        switch (input.octet(at: 0), input.octet(at: 1), input.octet(at: 2), input.octet(at: 3)) {
        case (0xFF, 0xFE, 0, 0) where input.count >= 4, (0x3C, 0, 0, 0) where input.count >= 4, (0, 0, 0xFE, 0xFF),
            (0, 0, 0, 0x3C):
            throw XMLError(.unsupportedEncoding("UTF-32"), at: 0)
        case (0x4C, 0x6F, 0xA7, 0x94): throw XMLError(.unsupportedEncoding("EBCDIC"), at: 0)
        case (0xEF, 0xBB, 0xBF, _): return (.utf8, 3)
        case (0xFE, 0xFF, _, _): return (.utf16BigEndian, 2)
        case (0xFF, 0xFE, _, _): return (.utf16LittleEndian, 2)
        case (0, 0x3C, _, _): return (.utf16BigEndian, 0)
        case (0x3C, 0, _, _) where input.count >= 2: return (.utf16LittleEndian, 0)
        default: return (.utf8, 0)
        }
    }

    /// Checks a declared name against the octets.
    func check(declared name: String, isASCII: Bool, at offset: Int) throws(XMLError) {
        let known = Self.names[name.uppercased()]
        guard let known else { throw XMLError(.unsupportedEncoding(name), at: offset) }
        guard known.contains(self), isASCII || name.uppercased() != "US-ASCII" else {
            throw XMLError(.contradictedEncoding(name), at: offset)
        }
    }

    private static let names: [String: [DocumentEncoding]] = [
        "UTF-8": [.utf8],
        "US-ASCII": [.utf8],
        "UTF-16": [.utf16BigEndian, .utf16LittleEndian],
        "UTF-16BE": [.utf16BigEndian],
        "UTF-16LE": [.utf16LittleEndian],
    ]
}
