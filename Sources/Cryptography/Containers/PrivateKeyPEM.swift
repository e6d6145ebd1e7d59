import COpenSSL

extension PrivateKey {
    /// Reads the one private key in `pem`: PKCS#8, encrypted PKCS#8 (with `password`), PKCS#1 or SEC 1.
    ///
    /// Other blocks, such as certificates, are skipped. Throws `malformedPEM` when there is none or more than one,
    /// `passwordRequired`, `wrongPassword`, `malformedKey`, `unsupportedKey` or `limitExceeded`.
    public convenience init(pem: String, password: String? = nil) throws(CryptographyError) {
        let all = try PEMBlock.blocks(in: pem)
        let keys = all.filter { $0.label.hasSuffix("PRIVATE KEY") }
        guard let block = keys.first else {
            let found = all.map(\.label).joined(separator: ", ")
            throw .malformedPEM("no private key in it; it holds: \(found.isEmpty ? "no PEM block" : found)")
        }
        guard keys.count == 1 else { throw .malformedPEM("\(keys.count) private keys in it; give one") }
        guard !block.hasHeaders else {
            throw .malformedPEM("OpenSSL's old key encryption; convert the key with `openssl pkcs8 -topk8`")
        }
        var octets = block.octets
        let secret = SecretOctets(moving: &octets)
        switch block.label {
        case "PRIVATE KEY": try self.init(pkcs8: secret)
        case "ENCRYPTED PRIVATE KEY": try self.init(encryptedPKCS8: secret, password: password)
        case "RSA PRIVATE KEY": try self.init(traditional: secret, kind: EVP_PKEY_RSA)
        case "EC PRIVATE KEY": try self.init(traditional: secret, kind: EVP_PKEY_EC)
        default: throw .unsupportedKey(block.label)
        }
    }

    private convenience init(traditional octets: borrowing SecretOctets, kind: Int32) throws(CryptographyError) {
        let key = octets.withUnsafeBytes { octets in
            var position = octets.assumingMemoryBound(to: UInt8.self).baseAddress
            return d2i_PrivateKey(kind, nil, &position, octets.count)
        }
        try self.init(Self.read(key))
    }

    private convenience init(
        encryptedPKCS8 octets: borrowing SecretOctets,
        password: String?
    ) throws(CryptographyError) {
        guard let password else { throw .passwordRequired }
        try self.init(pkcs8: EncryptedPKCS8.open(octets.withUnsafeBytes { Array($0) }, password: password))
    }
}
