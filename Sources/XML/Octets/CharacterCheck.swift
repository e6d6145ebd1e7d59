/// The first pass over a document: every octet belongs to a character that XML 1.0 section 2.2 allows.
enum CharacterCheck {
    /// Throws at the first octet that is not UTF-8 or not allowed; returns whether all of them are US-ASCII.
    static func check(_ input: Span<UInt8>) throws(XMLError) -> Bool {
        var isASCII = true
        var index = 0
        while true {
            index = input.unusual(from: index)
            guard index < input.count else { return isASCII }
            let octet = input[index]
            if octet >= 0x80 {
                isASCII = false
                index += try length(input, at: index)
            } else if CharacterClass.isSpace(octet) {
                index += 1
            } else {
                throw XMLError(.forbiddenCharacter(UInt32(octet)), at: index)
            }
        }
    }

    private static func length(_ input: Span<UInt8>, at index: Int) throws(XMLError) -> Int {
        guard let decoded = input.scalar(at: index) else { throw XMLError(.invalidEncoding, at: index) }
        guard CharacterClass.isCharacter(decoded.value) else {
            throw XMLError(.forbiddenCharacter(decoded.value), at: index)
        }
        return decoded.length
    }
}

extension Span where Element == UInt8 {
    /// The UTF-8 character at `index` in shortest form, surrogates refused (RFC 3629); nil when there is none.
    func scalar(at index: Int) -> (value: UInt32, length: Int)? {
        let first = octet(at: index)
        switch first {
        case 0..<0x80: return (UInt32(first), 1)
        case 0xC2...0xDF: return continued(UInt32(first & 0x1F), at: index, length: 2, least: 0x80)
        case 0xE0...0xEF: return continued(UInt32(first & 0x0F), at: index, length: 3, least: 0x800)
        case 0xF0...0xF4: return continued(UInt32(first & 0x07), at: index, length: 4, least: 0x1_0000)
        default: return nil
        }
    }

    private func continued(_ start: UInt32, at index: Int, length: Int, least: UInt32) -> (UInt32, Int)? {
        var value = start
        for place in 1..<length {
            let next = octet(at: index + place)
            guard next & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(next & 0x3F)
        }
        guard value >= least, value <= 0x10_FFFF, !(0xD800...0xDFFF).contains(value) else { return nil }
        return (value, length)
    }
}
