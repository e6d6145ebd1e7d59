import Cryptography
import XML
import XMLSignature

/// Reads the certificate of a `wsse:BinarySecurityToken`, for people.
enum InspectedCertificate {
    /// The certificate; the last of a path, the leaf of a bag; `nil` when it cannot be read.
    static func token(_ node: NodeID, in document: XMLDocument) -> Certificate? {
        guard let octets = document.base64Octets(of: node) else { return nil }
        if let last = PKIPath.last(in: octets), let certificate = try? Certificate(der: last) { return certificate }
        if let bag = try? CertificateBag.pkcs7(der: octets) { return CertificateBag.leaf(of: bag) }
        return try? Certificate(der: octets)
    }

    /// Why the octets of a token are no certificate, when they were cut: how many DER announces, and how many came.
    static func truncation(of node: NodeID, in document: XMLDocument) -> String? {
        let text = document.textOctets(of: node).filter { !$0.isXMLSpace }
        guard let octets = Base64.decode(text.prefix(text.count / 4 * 4)), octets.count > 4, octets[0] == 0x30 else {
            return nil
        }
        let lengthCount = octets[1] < 0x80 ? 0 : Int(octets[1]) - 0x80
        guard (1...3).contains(lengthCount), octets.count > 2 + lengthCount else { return nil }
        let expected = 2 + lengthCount + octets[2..<2 + lengthCount].reduce(0) { $0 << 8 | Int($1) }
        return expected > octets.count ? "DER announces \(expected) octets, \(octets.count) came" : nil
    }
}
