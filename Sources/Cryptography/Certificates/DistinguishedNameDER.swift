import SwiftASN1

extension DistinguishedName {
    /// Reads a `Name` of RFC 5280 section 4.1.2.4.
    init(der node: ASN1Node) throws {
        let names = try DER.sequence(node, identifier: .sequence) { nodes in
            var names: [Set<Attribute>] = []
            while let node = nodes.next() {
                guard names.count < Self.countLimit else { throw Self.tooMany }
                names.append(try Self.relativeName(node))
            }
            return names
        }
        self.init(relativeNames: names.reversed())
    }

    private static func relativeName(_ node: ASN1Node) throws -> Set<Attribute> {
        guard node.identifier == .set, case .constructed(let nodes) = node.content else {
            throw CryptographyError.malformedName("a relative name is not a SET")
        }
        var name: Set<Attribute> = []
        for node in nodes {
            guard name.count < countLimit else { throw tooMany }
            name.insert(try attribute(node))
        }
        return name
    }

    private static func attribute(_ node: ASN1Node) throws -> Attribute {
        try DER.sequence(node, identifier: .sequence) { nodes in
            let type = try ASN1ObjectIdentifier(derEncoded: &nodes)
            guard let value = nodes.next() else { throw CryptographyError.malformedName("an attribute has no value") }
            if let text = text(of: value) { return Attribute(type: type, value: text, isText: true) }
            return Attribute(type: type, value: "#" + Hexadecimal.text(value.encodedBytes), isText: false)
        }
    }

    /// The text of an ASN.1 string of any kind, or `nil` when the value is not one or not well-formed.
    static func text(of node: ASN1Node) -> String? {
        guard case .primitive(let octets) = node.content else { return nil }
        switch node.identifier {
        case .utf8String, .printableString, .ia5String, .numericString, .visibleString:
            return String(validating: octets, as: UTF8.self)
        case .teletexString:
            return String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) }))
        case .universalString:
            guard octets.count.isMultiple(of: 4) else { return nil }
            let units = stride(from: octets.startIndex, to: octets.endIndex, by: 4)
                .map { octets[$0..<$0 + 4].reduce(0) { $0 << 8 | UInt32($1) } }
            return String(validating: units, as: UTF32.self)
        case .bmpString:
            guard octets.count.isMultiple(of: 2) else { return nil }
            let units = stride(from: octets.startIndex, to: octets.endIndex, by: 2)
                .map {
                    UInt16(octets[$0]) << 8 | UInt16(octets[$0 + 1])
                }
            return String(validating: units, as: UTF16.self)
        default: return nil
        }
    }

    private static let tooMany = CryptographyError.limitExceeded(what: "the parts of a name", limit: countLimit)
}
