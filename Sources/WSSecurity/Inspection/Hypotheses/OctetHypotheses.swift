import XML

/// What a transport does to octets: line ends and character sets.
enum OctetHypotheses {
    static func list(_ subject: CanonicalSubject) -> [ChangeHypothesis] {
        [
            ChangeHypothesis(.lineEndsChanged, "CR LF became LF") {
                replacing(Array("\n".utf8), by: Array("&#xD;\n".utf8), in: subject.octets)
            },
            ChangeHypothesis(.lineEndsChanged, "LF became CR LF") {
                replacing(Array("&#xD;".utf8), by: [], in: subject.octets)
            },
            ChangeHypothesis(.textReencoded, "UTF-8 was read as ISO-8859-1 and written as UTF-8 again") {
                narrowed(subject.octets)
            },
            ChangeHypothesis(.textReencoded, "the sender signed UTF-8 that it had read as ISO-8859-1") {
                widened(subject.octets)
            },
        ]
    }

    private static func replacing(_ old: [UInt8], by new: [UInt8], in octets: [UInt8]) -> [UInt8]? {
        let result = octets.replacing(old, with: new)
        return result == octets ? nil : result
    }

    /// Each character as the one octet of its number; `nil` when some character has none, or all are ASCII.
    private static func narrowed(_ octets: [UInt8]) -> [UInt8]? {
        guard octets.contains(where: { $0 >= 0x80 }) else { return nil }
        var result: [UInt8] = []
        for scalar in String(decoding: octets, as: UTF8.self).unicodeScalars {
            guard let octet = UInt8(exactly: scalar.value) else { return nil }
            result.append(octet)
        }
        return String(validating: result, as: UTF8.self) == nil ? nil : result
    }

    /// Each octet as the character of its number.
    private static func widened(_ octets: [UInt8]) -> [UInt8]? {
        guard octets.contains(where: { $0 >= 0x80 }) else { return nil }
        return Array(String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) })).utf8)
    }
}
