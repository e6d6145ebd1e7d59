import Cryptography
package import FoundationEssentials

extension KeyVersion {
    /// Whether the leaf certificate's SHA-256 is `text`, with or without colons, in either case.
    package func hasFingerprint(_ text: String) -> Bool {
        let digits = { (text: String) in text.filter(\.isHexDigit).uppercased() }
        return fingerprint.map { digits($0) == digits(text) } ?? false
    }

    /// The leaf certificate in PEM; `nil` while pending.
    package var certificatePEM: String? { certificate?.pem }

    /// The last moment of the leaf certificate; `nil` while pending.
    package var notAfter: Date? { certificate?.notAfter }

    /// When the leaf certificate is valid, both ends included; `nil` while pending.
    package var validity: ClosedRange<Date>? {
        guard let certificate, certificate.notBefore <= certificate.notAfter else { return nil }
        return certificate.notBefore...certificate.notAfter
    }
}
