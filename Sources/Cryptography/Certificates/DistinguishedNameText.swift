import SwiftASN1

extension DistinguishedName {
    /// The most octets of text that are read.
    static let textLimit = 8192

    /// Reads the text of RFC 4514, and what its forebears wrote.
    ///
    /// Those are, by RFC 2253 section 4: spaces around separators, `;` for `,`, quoted values, `OID.` before dotted
    /// types; and the names for types that Java, .NET and OpenSSL use. Throws `malformedName` or `limitExceeded`.
    package init(_ text: String) throws(CryptographyError) {
        guard text.utf8.count <= Self.textLimit else {
            throw .limitExceeded(what: "the name in octets", limit: Self.textLimit)
        }
        var reader = Reader(text: Array(text.utf8))
        relativeNames = try reader.names()
    }

    private struct Reader {
        let text: [UInt8]
        var position = 0

        private var next: UInt8? { position < text.count ? text[position] : nil }

        mutating func names() throws(CryptographyError) -> [Set<Attribute>] {
            var names: [Set<Attribute>] = []
            var current: Set<Attribute> = []
            skipSpace()
            if next == nil { return [] }
            while true {
                current.insert(try attribute())
                let separator = next
                position += 1
                if separator == UInt8(ascii: "+") { continue }
                names.append(current)
                current = []
                guard names.count < countLimit else {
                    throw .limitExceeded(what: "the parts of a name", limit: countLimit)
                }
                if separator == nil { return names }
            }
        }

        private mutating func attribute() throws(CryptographyError) -> Attribute {
            skipSpace()
            let start = position
            while let octet = next, octet != UInt8(ascii: "="), !isSeparator(octet) { position += 1 }
            let name = String(decoding: text[start..<position], as: UTF8.self).filter { $0 != " " }
            guard next == UInt8(ascii: "=") else { throw .malformedName("'=' is missing after '\(name)'") }
            guard let type = AttributeType.identifier(name) else { throw .malformedName("unknown type '\(name)'") }
            position += 1
            skipSpace()
            let attribute =
                switch next {
                case UInt8(ascii: "\""): try quoted(type)
                case UInt8(ascii: "#"): try hexadecimal(type)
                default: try plain(type)
                }
            skipSpace()
            guard next == nil || next.map(isSeparator) == true else {
                throw .malformedName("text after the value of '\(name)'")
            }
            return attribute
        }

        private mutating func quoted(_ type: ASN1ObjectIdentifier) throws(CryptographyError) -> Attribute {
            position += 1
            var value: [UInt8] = []
            while let octet = next {
                if octet == UInt8(ascii: "\""), !isDoubledQuotationMark { break }
                if octet == UInt8(ascii: "\"") { position += 1 }
                value.append(octet == UInt8(ascii: "\\") ? try escape() : take())
            }
            guard next != nil else { throw .malformedName("the closing quotation mark is missing") }
            position += 1
            return try attribute(type, value)
        }

        /// Within quotation marks .NET writes one as two.
        private var isDoubledQuotationMark: Bool {
            position + 1 < text.count && text[position + 1] == UInt8(ascii: "\"")
        }

        private mutating func plain(_ type: ASN1ObjectIdentifier) throws(CryptographyError) -> Attribute {
            var value: [UInt8] = []
            while let octet = next, !isSeparator(octet) {
                value.append(octet == UInt8(ascii: "\\") ? try escape() : take())
            }
            return try attribute(type, value)
        }

        private mutating func hexadecimal(_ type: ASN1ObjectIdentifier) throws(CryptographyError) -> Attribute {
            position += 1
            let start = position
            while let octet = next, Hexadecimal.value(octet) != nil { position += 1 }
            let digits = String(decoding: text[start..<position], as: UTF8.self).lowercased()
            guard let octets = Hexadecimal.octets(digits), let node = try? DER.parse(octets) else {
                throw .malformedName("'#' without the DER of a value")
            }
            if let text = DistinguishedName.text(of: node) { return Attribute(type: type, value: text, isText: true) }
            return Attribute(type: type, value: "#" + digits, isText: false)
        }

        /// A backslash with the character or the two digits after it.
        private mutating func escape() throws(CryptographyError) -> UInt8 {
            position += 1
            guard let octet = next else { throw .malformedName("a backslash at the end") }
            position += 1
            guard let high = Hexadecimal.value(octet), let low = next.flatMap(Hexadecimal.value) else { return octet }
            position += 1
            return high << 4 | low
        }

        private func attribute(_ type: ASN1ObjectIdentifier, _ value: [UInt8]) throws(CryptographyError) -> Attribute {
            guard let text = String(validating: value, as: UTF8.self) else { throw .malformedName("not UTF-8") }
            return Attribute(type: type, value: text, isText: true)
        }

        private mutating func take() -> UInt8 {
            defer { position += 1 }
            return text[position]
        }

        private mutating func skipSpace() {
            while let octet = next, octet == 0x20 || octet == 0x0A || octet == 0x0D || octet == 0x09 { position += 1 }
        }

        private func isSeparator(_ octet: UInt8) -> Bool {
            octet == UInt8(ascii: ",") || octet == UInt8(ascii: ";") || octet == UInt8(ascii: "+")
        }
    }
}
