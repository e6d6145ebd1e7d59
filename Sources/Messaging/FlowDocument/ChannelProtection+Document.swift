import WSSecurity

extension ChannelProtection {
    /// Reads how a channel protects what it sends.
    init(reading reader: consuming FlowReader) throws(FlowError) {
        sign = try reader.alias("sign")
        encrypt = try reader.alias("encrypt")
        signature = try Self.signature(&reader)
        encryption = try Self.encryption(&reader)
        order = try reader.choice("order", of: AlgorithmNames.orders) ?? .signThenEncrypt
        timestampLifetime = try reader.seconds("timestampLifetime") ?? .seconds(300)
        if sign == nil, try reader.parts("signed") != nil {
            throw reader.error("signed", "lists parts, but nothing signs", mend: "name the alias in `sign`")
        }
        if encrypt == nil, try reader.parts("encrypted") != nil {
            throw reader.error("encrypted", "lists parts, but nothing encrypts", mend: "name the alias in `encrypt`")
        }
        try reader.end()
    }

    private static func signature(_ reader: inout FlowReader) throws(FlowError) -> SignatureSettings {
        let digest = try reader.choice("digest", of: AlgorithmNames.digests) ?? .sha256
        return SignatureSettings(
            algorithm: digest,
            digest: digest,
            keyReference: try reader.choice("keyReference", of: AlgorithmNames.keyReferences) ?? .binarySecurityToken,
            parts: try reader.parts("signed") ?? [.body, .timestamp]
        )
    }

    private static func encryption(_ reader: inout FlowReader) throws(FlowError) -> EncryptionSettings {
        EncryptionSettings(
            algorithm: try reader.choice("encryption", of: AlgorithmNames.ciphers) ?? .aes256GCM,
            keyTransport: try reader.choice("keyTransport", of: AlgorithmNames.keyTransports)
                ?? .rsaOAEPMGF1P(digest: .sha1),
            keyReference: try reader.choice("encryptionKeyReference", of: AlgorithmNames.keyReferences)
                ?? .issuerSerial,
            parts: try reader.parts("encrypted") ?? [.body]
        )
    }
}
