import SwiftASN1
import X509

/// A request for a certificate: PKCS#10 (RFC 2986).
package struct CertificateRequest: Sendable {
    /// The request in DER.
    package let der: [UInt8]

    /// A request for the certificate of `key`, signed with it.
    ///
    /// `subject` is a name of RFC 4514; `hosts` are the names and addresses that the certificate shall be for (subjectAltName).
    /// Key usage and subject key identifier are asked for as extensions (RFC 2985 section 5.4.2). Throws `malformedName`,
    /// `unsupportedKey` for a key that cannot sign, or `operationFailed`.
    package init(key: PrivateKey, subject: String, hosts: [String] = []) throws(CryptographyError) {
        let name = try DistinguishedName(subject)
        guard key.algorithm != .x25519 else {
            throw .unsupportedKey("X25519 keys cannot sign, so they cannot request a certificate")
        }
        guard !name.relativeNames.isEmpty else { throw .malformedName("it is empty; write CN=… at least") }
        do {
            let publicKey = try X509.Certificate.PublicKey(derEncoded: key.publicKey.spki)
            let signer = CertificateSigner(key: key, publicKey: publicKey)
            let extensions = try Certificate.extensions(for: key.publicKey, hosts: hosts)
            let request = try CertificateSigningRequest(
                version: .v1,
                subject: name.encodable(),
                privateKey: .init(signer),
                attributes: .init([.init(ExtensionRequest(extensions: extensions))]),
                signatureAlgorithm: signer.defaultSignatureAlgorithm
            )
            var serializer = DER.Serializer()
            try serializer.serialize(request)
            der = serializer.serializedBytes
        } catch let error as CryptographyError {
            throw error
        } catch {
            throw .operationFailed(operation: "writing a certificate request", reason: String(describing: error))
        }
    }

    /// The request as PEM text (RFC 7468 section 7).
    package var pem: String { PEMBlock.text("CERTIFICATE REQUEST", der) }
}
