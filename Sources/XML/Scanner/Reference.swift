/// A character reference or a reference to a predefined entity (XML 1.0 sections 4.1 and 4.6).
struct Reference {
    /// The code point that it stands for.
    let scalar: UInt32
    /// The place after its semicolon.
    let end: Int

    /// Reads the reference whose `&` is at `start`.
    init(reading input: Span<UInt8>, at start: Int) throws(XMLError) {
        if input.octet(at: start + 1) == 0x23 {
            (scalar, end) = try Self.character(input, at: start)
        } else {
            (scalar, end) = try Self.entity(input, at: start)
        }
    }

    private static func entity(_ input: Span<UInt8>, at start: Int) throws(XMLError) -> (UInt32, Int) {
        let name = start + 1
        if input.hasText("lt;", at: name) { return (0x3C, name + 3) }
        if input.hasText("gt;", at: name) { return (0x3E, name + 3) }
        if input.hasText("amp;", at: name) { return (0x26, name + 4) }
        if input.hasText("quot;", at: name) { return (0x22, name + 5) }
        if input.hasText("apos;", at: name) { return (0x27, name + 5) }
        var end = name
        while CharacterClass.mayBeName(input.octet(at: end)), end < name + 64 { end += 1 }
        guard end > name, input.octet(at: end) == 0x3B else { throw XMLError(.malformed(.reference), at: start) }
        throw XMLError(.undeclaredEntity(input.string(in: name..<end)), at: start)
    }

    private static func character(_ input: Span<UInt8>, at start: Int) throws(XMLError) -> (UInt32, Int) {
        let isHexadecimal = input.octet(at: start + 2) == 0x78
        let digits = start + (isHexadecimal ? 3 : 2)
        var value: UInt32 = 0
        var index = digits
        while let digit = digit(input.octet(at: index), isHexadecimal: isHexadecimal) {
            // Above the last code point more digits change nothing.
            if value <= 0x10_FFFF { value = value * (isHexadecimal ? 16 : 10) + digit }
            index += 1
        }
        guard index > digits, input.octet(at: index) == 0x3B else { throw XMLError(.malformed(.reference), at: start) }
        guard CharacterClass.isCharacter(value) else { throw XMLError(.forbiddenReference, at: start) }
        return (value, index + 1)
    }

    private static func digit(_ octet: UInt8, isHexadecimal: Bool) -> UInt32? {
        switch octet {
        case 0x30...0x39: UInt32(octet) - 0x30
        case 0x41...0x46 where isHexadecimal: UInt32(octet) - 0x37
        case 0x61...0x66 where isHexadecimal: UInt32(octet) - 0x57
        default: nil
        }
    }
}
