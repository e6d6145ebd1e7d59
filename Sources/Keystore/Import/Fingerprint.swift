package import Cryptography

/// The SHA-256 of a certificate as a person was told it over another way than the certificate came.
package struct Fingerprint: Hashable, Sendable {
    private let octets: [UInt8]

    /// Reads 64 hexadecimal digits, with or without colons or spaces; throws `invalidFingerprint`.
    package init(_ text: String) throws(KeystoreError) {
        let digits = text.filter { $0 != ":" && !$0.isWhitespace }
        guard text.utf8.count <= 200, let octets = Hexadecimal.octets(digits),
            octets.count == DigestAlgorithm.sha256.octetCount
        else { throw .invalidFingerprint(String(text.prefix(100))) }
        self.octets = octets
    }

    /// The fingerprint of `certificate`.
    package init(of certificate: Certificate) {
        octets = DigestAlgorithm.sha256.digest(of: certificate.der)
    }
}

extension Fingerprint: CustomStringConvertible {
    /// Hexadecimal with colons.
    package var description: String {
        octets.map { Hexadecimal.text([$0]).uppercased() }.joined(separator: ":")
    }
}
