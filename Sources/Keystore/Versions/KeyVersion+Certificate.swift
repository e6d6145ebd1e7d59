import Cryptography
package import FoundationEssentials

extension KeyVersion {
    /// Whether the leaf certificate's SHA-256 is `text`, with or without colons, in either case.
    package func hasFingerprint(_ text: String) -> Bool {
        let digits = { (text: String) in text.filter(\.isHexDigit).uppercased() }
        return fingerprint.map { digits($0) == digits(text) } ?? false
    }

    /// Whether both certificates are for one public key: renewed, not re-keyed (RFC 3647 section 4.6).
    package func hasSameKey(as other: KeyVersion) -> Bool {
        guard let own = certificate, let others = other.certificate else { return false }
        return own.publicKey == others.publicKey
    }

    /// The leaf certificate in PEM; `nil` while pending.
    package var certificatePEM: String? { certificate?.pem }

    /// When the leaf certificate is valid, both ends included; `nil` while pending.
    package var validity: ClosedRange<Date>? {
        guard let certificate, certificate.notBefore <= certificate.notAfter else { return nil }
        return certificate.notBefore...certificate.notAfter
    }
}
