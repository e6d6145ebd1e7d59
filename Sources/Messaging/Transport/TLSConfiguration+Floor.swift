package import NIOSSL

extension TLSConfiguration {
    /// How the other end may sign its handshake (RFC 8446 section 4.2.3): the library leaves the last two out by itself.
    private static let acceptedSignatures: [SignatureAlgorithm] = [
        .ecdsaSecp256R1Sha256, .rsaPssRsaeSha256, .rsaPkcs1Sha256, .ecdsaSecp384R1Sha384, .rsaPssRsaeSha384,
        .rsaPkcs1Sha384, .rsaPssRsaeSha512, .rsaPkcs1Sha512, .ed25519, .ecdsaSecp521R1Sha512,
    ]

    /// Sets what both ends of the tenant have in common: TLS 1.2 or later, with forward secrecy and authenticated ciphers
    /// alone (RFC 9325 sections 3.1 and 4.2).
    package mutating func raiseFloor(to version: TLSVersion = .tlsv12) {
        minimumTLSVersion = version
        cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
        applicationProtocols = ["http/1.1"]
        verifySignatureAlgorithms = Self.acceptedSignatures
    }
}
