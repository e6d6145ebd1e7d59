extension SecretKey {
    /// The HMAC over `octets`; throws `wrongKeyLength` for a key without octets.
    package func authenticate(_ octets: [UInt8], by digest: DigestAlgorithm) throws(CryptographyError) -> [UInt8] {
        try withSecret { key throws(CryptographyError) in
            var code = try HMAC(digest, key: key)
            code.update(octets)
            return code.finalize()
        }
    }

    /// Whether `code` is the whole HMAC over `octets`, compared in constant time.
    package func verify(_ code: [UInt8], over octets: [UInt8], by digest: DigestAlgorithm) -> Bool {
        guard let expected = try? authenticate(octets, by: digest) else { return false }
        return ConstantTime.equal(expected, code)
    }
}
