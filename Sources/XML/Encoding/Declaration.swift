/// The XML declaration (XML 1.0 production 23), read before anything else.
struct Declaration {
    /// The octets of the declared encoding's name; nil when none is declared.
    private(set) var encoding: Range<Int>?
    /// The place after the declaration: `start` itself when there is none.
    let end: Int

    /// Reads the declaration at `start`, if there is one.
    init(reading input: Span<UInt8>, at start: Int) throws(XMLError) {
        guard input.hasText("<?xml", at: start), CharacterClass.isSpace(input.octet(at: start + 5)) else {
            end = start
            return
        }
        var reader = Reader(position: start + 5)
        guard let version = try reader.value(of: "version", input), Self.isVersion(input, version) else {
            throw reader.error
        }
        if let encoding = try reader.value(of: "encoding", input) {
            guard Self.isEncodingName(input, encoding) else {
                throw XMLError(.malformed(.declaration), at: encoding.lowerBound)
            }
            self.encoding = encoding
        }
        if let standalone = try reader.value(of: "standalone", input) {
            guard input.holds("yes", in: standalone) || input.holds("no", in: standalone) else {
                throw XMLError(.malformed(.declaration), at: standalone.lowerBound)
            }
        }
        reader.skipSpace(input)
        guard input.hasText("?>", at: reader.position) else { throw reader.error }
        end = reader.position + 2
    }

    /// Production 26: 1.x is read as 1.0.
    private static func isVersion(_ input: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count >= 3, input[range.lowerBound] == 0x31, input[range.lowerBound + 1] == 0x2E else {
            return false
        }
        for index in range.dropFirst(2) where !(0x30...0x39).contains(input[index]) { return false }
        return true
    }

    /// Production 81.
    private static func isEncodingName(_ input: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in range {
            switch input[index] {
            case 0x41...0x5A, 0x61...0x7A: continue
            case 0x2D, 0x2E, 0x5F, 0x30...0x39: guard index > range.lowerBound else { return false }
            default: return false
            }
        }
        return !range.isEmpty
    }
}

/// Reads the pseudo-attributes of a declaration one after the other.
private struct Reader {
    private(set) var position: Int

    init(position: Int) { self.position = position }

    var error: XMLError { XMLError(.malformed(.declaration), at: position) }

    mutating func skipSpace(_ input: Span<UInt8>) {
        while CharacterClass.isSpace(input.octet(at: position)) { position += 1 }
    }

    /// The octets between the quotes when `name` comes next; nil when something else does.
    mutating func value(of name: StaticString, _ input: Span<UInt8>) throws(XMLError) -> Range<Int>? {
        let before = position
        skipSpace(input)
        guard input.hasText(name, at: position) else {
            position = before
            return nil
        }
        guard position > before else { throw error }
        position += name.utf8CodeUnitCount
        skipSpace(input)
        guard input.octet(at: position) == 0x3D else { throw error }
        position += 1
        skipSpace(input)
        let quote = input.octet(at: position)
        guard quote == 0x22 || quote == 0x27 else { throw error }
        let start = position + 1
        let end = input.first(quote, from: start, to: min(input.count, start + 64))
        guard input.octet(at: end) == quote else { throw error }
        position = end + 1
        return start..<end
    }
}
