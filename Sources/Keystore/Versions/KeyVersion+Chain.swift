package import Cryptography

extension KeyVersion {
    /// The certificates in DER, leaf first, as a store keeps them.
    package var chainOctets: [[UInt8]] { chain.map(\.der) }

    /// The former certificates in DER, oldest first.
    package var formerOctets: [[UInt8]] { formerCertificates.map(\.der) }

    /// Reads certificates that were kept as ``chainOctets`` or ``formerOctets``; throws `cryptography` when one is broken.
    package static func chain(of octets: [[UInt8]]) throws(KeystoreError) -> [Certificate] {
        var chain: [Certificate] = []
        for der in octets {
            do throws(CryptographyError) {
                chain.append(try Certificate(der: der))
            } catch {
                throw .cryptography(error)
            }
        }
        return chain
    }
}
