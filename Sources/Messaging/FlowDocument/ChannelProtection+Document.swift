import Keystore
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
        try reader.refuse(["signed", "digest", "keyReference"], without: "sign", sign)
        try reader.refuse(
            ["encrypted", "encryption", "keyTransport", "encryptionKeyReference"],
            without: "encrypt",
            encrypt
        )
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

extension FlowReader {
    /// Settings of something that is not done are a mistake: what is missing is the alias that does it.
    fileprivate func refuse(_ keys: [String], without key: String, _ alias: KeyAlias?) throws(FlowError) {
        guard alias == nil, let idle = keys.first(where: has) else { return }
        throw error(idle, "has no effect without `\(key)`", mend: "name the alias in `\(key)`, or remove it")
    }
}
