import FoundationEssentials
import SwiftASN1

/// The fields of `TBSCertificate` (RFC 5280 section 4.1.2) that are needed here, read by memory-safe code.
struct CertificateFields {
    let serialNumber: String
    let issuer: DistinguishedName
    let issuerDER: [UInt8]
    let notBefore: Date
    let notAfter: Date
    let subject: DistinguishedName
    let subjectDER: [UInt8]
    let spki: [UInt8]
    let subjectKeyIdentifier: [UInt8]?
    /// The first octet of the key usage's bits.
    let keyUsage: UInt8?

    init(certificate der: [UInt8]) throws {
        self = try DER.sequence(DER.parse(der), identifier: .sequence) { nodes in
            guard let fields = nodes.next(), nodes.next() != nil, nodes.next() != nil else {
                throw CryptographyError.malformedCertificate("not three parts")
            }
            return try DER.sequence(fields, identifier: .sequence) { try Self(&$0) }
        }
    }

    private init(_ nodes: inout ASN1NodeCollection.Iterator) throws {
        _ = try DER.optionalExplicitlyTagged(&nodes, tagNumber: 0, tagClass: .contextSpecific) {
            try Int(derEncoded: $0)
        }
        let serial = try Self.integer(Self.next(&nodes, "serialNumber"))
        guard serial.count <= SerialNumber.octetLimit else {
            throw CryptographyError.limitExceeded(what: "the serial number in octets", limit: SerialNumber.octetLimit)
        }
        serialNumber = SerialNumber.decimal(serial)
        _ = try Self.next(&nodes, "signature")
        let issuerNode = try Self.next(&nodes, "issuer")
        issuer = try DistinguishedName(der: issuerNode)
        issuerDER = Array(issuerNode.encodedBytes)
        (notBefore, notAfter) = try DER.sequence(Self.next(&nodes, "validity"), identifier: .sequence) { times in
            try (Self.time(Self.next(&times, "notBefore")), Self.time(Self.next(&times, "notAfter")))
        }
        let subjectNode = try Self.next(&nodes, "subject")
        subject = try DistinguishedName(der: subjectNode)
        subjectDER = Array(subjectNode.encodedBytes)
        spki = Array(try Self.next(&nodes, "subjectPublicKeyInfo").encodedBytes)
        var extensions: (keyIdentifier: [UInt8]?, keyUsage: UInt8?)
        while let node = nodes.next() {
            if node.identifier == Self.extensionsTag { extensions = try Self.extensions(in: node) }
        }
        (subjectKeyIdentifier, keyUsage) = extensions
    }

    private static func next(_ nodes: inout ASN1NodeCollection.Iterator, _ field: String) throws -> ASN1Node {
        guard let node = nodes.next() else { throw CryptographyError.malformedCertificate("\(field) is missing") }
        return node
    }

    /// The octets of an INTEGER in two's complement, a leading zero included: some issuers made negative serial numbers.
    private static func integer(_ node: ASN1Node) throws -> ArraySlice<UInt8> {
        guard node.identifier == .integer, case .primitive(let octets) = node.content, let first = octets.first else {
            throw CryptographyError.malformedCertificate("the serial number is no number")
        }
        let isPadded = octets.dropFirst().first.map { first == ($0 & 0x80 == 0 ? 0x00 : 0xFF) } ?? false
        guard !isPadded else { throw CryptographyError.malformedCertificate("the serial number is padded") }
        return octets
    }

    private static func time(_ node: ASN1Node) throws -> Date {
        if node.identifier == .utcTime {
            let time = try UTCTime(derEncoded: node)
            return CalendarTime(time.year, time.month, time.day, time.hours, time.minutes, time.seconds).date
        }
        let time = try GeneralizedTime(derEncoded: node)
        return CalendarTime(time.year, time.month, time.day, time.hours, time.minutes, time.seconds).date
    }

    private static let extensionsTag = ASN1Identifier(tagWithNumber: 3, tagClass: .contextSpecific)
    private static let keyIdentifierType: ASN1ObjectIdentifier = [2, 5, 29, 14]

    private static let keyUsageType: ASN1ObjectIdentifier = [2, 5, 29, 15]

    /// The values of the extensions that are looked at (RFC 5280 sections 4.2.1.2 and 4.2.1.3).
    private static func extensions(in node: ASN1Node) throws -> (keyIdentifier: [UInt8]?, keyUsage: UInt8?) {
        guard case .constructed(let content) = node.content, let list = content.first(where: { _ in true }) else {
            throw CryptographyError.malformedCertificate("the extensions are not a list")
        }
        return try DER.sequence(list, identifier: .sequence) { nodes in
            var found: (keyIdentifier: [UInt8]?, keyUsage: UInt8?)
            while let node = nodes.next() {
                let (type, value) = try DER.sequence(node, identifier: .sequence) { parts in
                    let type = try ASN1ObjectIdentifier(derEncoded: &parts)
                    _ = try DER.decodeDefault(&parts, defaultValue: false) as Bool
                    return try (type, ASN1OctetString(derEncoded: &parts))
                }
                if type == keyIdentifierType {
                    guard found.keyIdentifier == nil else {
                        throw CryptographyError.malformedCertificate("two subject key identifiers")
                    }
                    found.keyIdentifier = try Array(ASN1OctetString(derEncoded: DER.parse(value.bytes)).bytes)
                } else if type == keyUsageType {
                    // One that cannot be read allows nothing.
                    let bits = (try? DER.parse(value.bytes)).flatMap { try? ASN1BitString(derEncoded: $0) }
                    found.keyUsage = bits?.bytes.first ?? 0
                }
            }
            return found
        }
    }
}
