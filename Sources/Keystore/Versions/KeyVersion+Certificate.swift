import Cryptography
package import FoundationEssentials

extension KeyVersion {
    /// The leaf certificate in PEM; `nil` while pending.
    package var certificatePEM: String? { certificate?.pem }

    /// When the leaf certificate is valid, both ends included; `nil` while pending.
    package var validity: ClosedRange<Date>? {
        guard let certificate, certificate.notBefore <= certificate.notAfter else { return nil }
        return certificate.notBefore...certificate.notAfter
    }
}
