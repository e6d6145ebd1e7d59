import COpenSSL

/// What a certificate allows its key to do (key usage, RFC 5280 section 4.2.1.3).
package struct CertificateUsage: OptionSet, Hashable, Sendable {
    /// The bits of the extension, the first one the highest.
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Signing what is not a certificate.
    package static let digitalSignature = Self(rawValue: 0x80)
    /// Signing what shall be undeniable.
    package static let nonRepudiation = Self(rawValue: 0x40)
    /// Encrypting keys.
    package static let keyEncipherment = Self(rawValue: 0x20)
    /// Encrypting data.
    package static let dataEncipherment = Self(rawValue: 0x10)
    /// Agreeing on keys.
    package static let keyAgreement = Self(rawValue: 0x08)
    /// Signing certificates.
    package static let keyCertSign = Self(rawValue: 0x04)
    /// Signing revocation lists.
    package static let cRLSign = Self(rawValue: 0x02)
}

extension CertificateUsage: CustomStringConvertible {
    /// The names of RFC 5280.
    package var description: String {
        let names: [(Self, String)] = [
            (.digitalSignature, "digitalSignature"), (.nonRepudiation, "nonRepudiation"),
            (.keyEncipherment, "keyEncipherment"), (.dataEncipherment, "dataEncipherment"),
            (.keyAgreement, "keyAgreement"), (.keyCertSign, "keyCertSign"), (.cRLSign, "cRLSign"),
        ]
        let known = names.filter { contains($0.0) }.map(\.1)
        return known.isEmpty ? "nothing" : known.joined(separator: ", ")
    }
}

extension Certificate {
    /// Whether messages may be signed with its key: it says so, or says nothing.
    package var maySign: Bool { allows([.digitalSignature, .nonRepudiation]) }

    /// Whether messages may be encrypted to its key: it says so, or says nothing.
    package var mayEncrypt: Bool { allows([.keyEncipherment, .dataEncipherment, .keyAgreement]) }

    private func allows(_ any: CertificateUsage) -> Bool { usage.map { !$0.isDisjoint(with: any) } ?? true }

    /// Whether `issuer` signed this certificate: its name is there, and its key verifies the signature.
    package func isIssued(by issuer: Certificate) -> Bool {
        guard issuerDER == issuer.subjectDER, let key = try? issuer.publicKey.computable() else { return false }
        let certificate = der.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            return d2i_X509(nil, &position, buffer.count)
        }
        defer {
            X509_free(certificate)
            ERR_clear_error()
        }
        return certificate.map { X509_verify($0, key.pointer) == 1 } ?? false
    }
}
