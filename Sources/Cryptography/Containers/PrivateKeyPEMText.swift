extension PrivateKey {
    /// The key as PKCS#8 in PEM (RFC 7468 section 10), not encrypted: for files that their owner alone may read.
    package func pem() throws(CryptographyError) -> String {
        try pkcs8().withUnsafeBytes { PEMBlock.text("PRIVATE KEY", [UInt8]($0)) }
    }
}
