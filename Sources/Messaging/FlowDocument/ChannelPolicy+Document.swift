import WSSecurity

extension ChannelPolicy {
    /// Reads what a channel demands.
    ///
    /// Naming aliases demands the usual parts, unless the document lists others.
    init(reading reader: consuming FlowReader) throws(FlowError) {
        verify = try reader.aliases("verify")
        decrypt = try reader.aliases("decrypt")
        let signed = try reader.parts("signed") ?? (verify.isEmpty ? [] : [.body, .timestamp])
        let encrypted = try reader.parts("encrypted") ?? (decrypt.isEmpty ? [] : [.body])
        guard signed.isEmpty == verify.isEmpty else {
            throw reader.error(
                "verify",
                "does not go together with `signed`",
                mend: "name the aliases that may have signed, and the parts that they must have signed"
            )
        }
        guard encrypted.isEmpty == decrypt.isEmpty else {
            throw reader.error(
                "decrypt",
                "does not go together with `encrypted`",
                mend: "name the aliases that may decrypt, and the parts that must be encrypted"
            )
        }
        var demands = InboundPolicy(
            signed: Set(signed),
            encrypted: Set(encrypted),
            requiresTimestamp: signed.contains(.timestamp)
        )
        demands.maximumAge = try reader.seconds("maximumAge") ?? demands.maximumAge
        demands.clockSkew = try reader.seconds("clockSkew", least: 0) ?? demands.clockSkew
        demands.order = try reader.choice("order", of: AlgorithmNames.orders)
        if let digests = try reader.choices("digestAlgorithms", of: AlgorithmNames.digests) {
            demands.digestAlgorithms = Set(digests)
        }
        if let ciphers = try reader.choices("encryptionAlgorithms", of: AlgorithmNames.ciphers) {
            demands.encryptionAlgorithms = Set(ciphers)
        }
        try reader.end()
        self.demands = demands
    }
}
