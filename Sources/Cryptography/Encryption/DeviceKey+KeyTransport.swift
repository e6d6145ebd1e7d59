import COpenSSL

extension DeviceKey {
    /// What was wrapped; by PKCS#1 v1.5 the padded block.
    ///
    /// Where the device does the plain RSA operation its result is looked at here, in constant time and for every digest.
    /// Opening PKCS#1 v1.5 demands that: a device that removes the padding itself says whether it was right, which is all
    /// that an attacker wants to know.
    func opened(_ wrapped: [UInt8], by transport: KeyTransport) throws(CryptographyError) -> SecretOctets {
        guard let block = try decipher(wrapped) else {
            guard case .rsaOAEP(let digest, let mgf) = transport else {
                throw .deviceFailed(
                    device: device,
                    cause:
                        "it does not do the plain RSA operation, without which \(transport) cannot be opened safely: have "
                        + "the partner use RSA-OAEP"
                )
            }
            return try openOAEP(wrapped, digest: digest, mgf: mgf)
        }
        guard case .rsaOAEP(let digest, let mgf) = transport else { return block }
        return try OAEPEncoding.message(in: block, digest: digest, mgf: mgf)
    }
}

/// The encoding of RSAES-OAEP (RFC 8017 section 7.1) with an empty label.
private enum OAEPEncoding {
    /// The message in `block`; throws `decryptionFailed` for whatever is wrong with it.
    static func message(
        in block: borrowing SecretOctets,
        digest: DigestAlgorithm,
        mgf: DigestAlgorithm
    ) throws(CryptographyError) -> SecretOctets {
        var count: Int32 = -1
        let message = block.withUnsafeBytes { block in
            let source = block.assumingMemoryBound(to: UInt8.self).baseAddress
            return SecretOctets(count: block.count) { target in
                count = rekey_oaep_message(
                    target.assumingMemoryBound(to: UInt8.self).baseAddress,
                    Int32(target.count),
                    source,
                    Int32(block.count),
                    digest.fetched,
                    mgf.fetched
                )
            }
        }
        ERR_clear_error()
        guard count > 0 else { throw .decryptionFailed }
        return message.prefix(Int(count))
    }
}
