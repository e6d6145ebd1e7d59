extension PrivateKey {
    /// The signature over `octets` as X.509 and TLS write it: for ECDSA the DER of RFC 3279 section 2.2.3, for other keys
    /// what ``sign(_:by:)`` returns.
    package func signInDER(_ octets: [UInt8], by algorithm: SignatureAlgorithm) throws(CryptographyError) -> [UInt8] {
        let signature = try sign(octets, by: algorithm)
        guard case .ec(let curve) = self.algorithm else { return signature }
        guard let der = EllipticSignature.der(fixedWidth: signature, width: curve.orderOctetCount) else {
            throw ErrorQueue.failure(of: "signing")
        }
        return der
    }
}
