import Cryptography

/// Certificates with their chain in DER.
enum CertificatePath {
    /// `PkiPath` of X.509: a sequence that begins nearest to the root and ends with `certificate`.
    static func pkiPath(_ certificate: Certificate, chain: [Certificate]) -> [UInt8] {
        element(0x30, chain.reversed().flatMap(\.der) + certificate.der)
    }

    /// `SignedData` of PKCS#7 (RFC 2315 section 9.1) without content and signatures: certificates alone, `certificate` first.
    static func pkcs7(_ certificate: Certificate, chain: [Certificate]) -> [UInt8] {
        let version: [UInt8] = [0x02, 0x01, 0x01]
        let emptySet: [UInt8] = [0x31, 0x00]
        let content = element(0x30, identifier(1))
        let certificates = element(0xA0, certificate.der + chain.flatMap(\.der))
        let signedData = element(0x30, version + emptySet + content + certificates + emptySet)
        return element(0x30, identifier(2) + element(0xA0, signedData))
    }

    /// The object identifier 1.2.840.113549.1.7.`last`.
    private static func identifier(_ last: UInt8) -> [UInt8] {
        [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, last]
    }

    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        guard content.count >= 0x80 else { return [tag, UInt8(content.count)] + content }
        var length: [UInt8] = []
        var rest = content.count
        while rest > 0 {
            length.insert(UInt8(truncatingIfNeeded: rest), at: 0)
            rest >>= 8
        }
        return [tag, 0x80 | UInt8(length.count)] + length + content
    }
}
