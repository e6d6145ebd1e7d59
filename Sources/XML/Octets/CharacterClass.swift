/// The character classes of XML 1.0 (fifth edition), sections 2.2 and 2.3.
enum CharacterClass {
    /// Production 2, `Char`.
    @inline(__always)
    static func isCharacter(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x20...0xD7FF, 0x09, 0x0A, 0x0D, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: true
        default: false
        }
    }

    /// Production 3, `S`.
    @inline(__always)
    static func isSpace(_ octet: UInt8) -> Bool {
        octet == 0x20 || octet == 0x0A || octet == 0x0D || octet == 0x09
    }

    /// Whether the octet may be part of a name: an ASCII name character or part of a longer character.
    @inline(__always)
    static func mayBeName(_ octet: UInt8) -> Bool {
        if octet >= 0x80 { return true }
        // Bits for '-' '.' '0'-'9' ':' and for 'A'-'Z' '_' 'a'-'z'.
        let bits: UInt64 = octet < 0x40 ? 0x07FF_6000_0000_0000 : 0x07FF_FFFE_87FF_FFFE
        return bits >> UInt64(octet & 0x3F) & 1 != 0
    }

    /// Production 4, `NameStartChar`, without the colon, of ASCII.
    @inline(__always)
    static func startsASCIIName(_ octet: UInt8) -> Bool {
        octet | 0x20 >= 0x61 && octet | 0x20 <= 0x7A || octet == 0x5F
    }

    /// Production 4, `NameStartChar`, without the colon.
    static func startsName(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x41...0x5A, 0x61...0x7A, 0x5F, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF,
            0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD,
            0x1_0000...0xE_FFFF:
            true
        default: false
        }
    }

    /// Production 4a, `NameChar`, without the colon.
    static func continuesName(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
        default: startsName(scalar)
        }
    }
}
