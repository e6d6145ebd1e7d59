import SwiftASN1

/// Certificates that travel together in no order: PKCS#7 `SignedData` without signatures (RFC 2315 section 9.1).
package enum CertificateBag {
    /// The most octets of a bag that are read.
    package static let octetLimit = 256 << 10
    /// The most certificates in a bag.
    package static let countLimit = 10

    /// The certificates in `octets`, in the order of the bag; one at least.
    ///
    /// Revocation lists and signatures beside them are not looked at. Throws `malformedCertificate`, `limitExceeded`, or as
    /// `Certificate` does.
    package static func pkcs7(der octets: [UInt8]) throws(CryptographyError) -> [Certificate] {
        guard octets.count <= octetLimit else {
            throw .limitExceeded(what: "the bag of certificates in octets", limit: octetLimit)
        }
        guard let encoded = try? encodedCertificates(octets) else { throw .malformedCertificate("not PKCS#7") }
        guard !encoded.isEmpty else { throw .malformedCertificate("no certificate in the bag") }
        guard encoded.count <= countLimit else {
            throw .limitExceeded(what: "the certificates in a bag", limit: countLimit)
        }
        var certificates: [Certificate] = []
        for der in encoded { certificates.append(try Certificate(der: der)) }
        return certificates
    }

    /// The one of `certificates` that issued none of the others; `nil` when there is none, or several.
    package static func leaf(of certificates: [Certificate]) -> Certificate? {
        let leaves = certificates.filter { candidate in
            !certificates.contains { $0 != candidate && $0.issuerDER == candidate.subjectDER }
        }
        guard let leaf = leaves.first, leaves.allSatisfy({ $0 == leaf }) else { return nil }
        return leaf
    }

    private static let signedData: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 2]

    private static func encodedCertificates(_ octets: [UInt8]) throws -> [[UInt8]] {
        try BER.sequence(BER.parse(octets), identifier: .sequence) { nodes in
            let type = try ASN1ObjectIdentifier(berEncoded: &nodes)
            guard type == signedData, let wrapper = nodes.next(), case .constructed(let inner) = wrapper.content,
                let content = inner.first(where: { _ in true })
            else { throw CryptographyError.malformedCertificate("not SignedData") }
            return try BER.sequence(content, identifier: .sequence) { parts in
                var encoded: [[UInt8]] = []
                while let part = parts.next() {
                    guard part.identifier == certificatesTag, case .constructed(let list) = part.content else {
                        continue
                    }
                    for node in list {
                        guard encoded.count <= countLimit else { break }
                        encoded.append(Array(node.encodedBytes))
                    }
                }
                return encoded
            }
        }
    }

    private static let certificatesTag = ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)
}

extension CertificateBag {
    /// PKCS#7 with these certificates and no signature, in DER; throws `operationFailed`.
    package static func pkcs7(_ certificates: [Certificate]) throws(CryptographyError) -> [UInt8] {
        do {
            var serializer = DER.Serializer()
            try serializer.appendConstructedNode(identifier: .sequence) { content in
                try content.serialize(signedData)
                try content.serialize(explicitlyTaggedWithTagNumber: 0, tagClass: .contextSpecific) { wrapper in
                    try wrapper.appendConstructedNode(identifier: .sequence) { parts in
                        try parts.serialize(1)
                        parts.appendConstructedNode(identifier: .set) { _ in }
                        try parts.appendConstructedNode(identifier: .sequence) { try $0.serialize(data) }
                        try parts.appendConstructedNode(identifier: certificatesTag) { bag in
                            for certificate in certificates { try bag.serialize(DER.parse(certificate.der)) }
                        }
                        parts.appendConstructedNode(identifier: .set) { _ in }
                    }
                }
            }
            return serializer.serializedBytes
        } catch {
            throw .operationFailed(operation: "writing PKCS#7", reason: String(describing: error))
        }
    }

    private static let data: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 1]
}
