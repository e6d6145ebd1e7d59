import Keystore
import WSSecurity

extension ChannelProtection {
    /// Reads how a channel protects what it sends: requests, or else responses.
    init(reading reader: consuming FlowReader, ofRequests isRequest: Bool) throws(FlowError) {
        sign = try reader.alias("sign")
        encrypt = try reader.alias("encrypt")
        user = try reader.below("usernameToken").map { reader throws(FlowError) in try ChannelUser(reading: reader) }
        let suite = try reader.choice("algorithmSuite", of: AlgorithmNames.suites)
        let hasTimestamp = try reader.flag("timestamp") ?? true
        signature = try SignatureSettings(
            reading: &reader,
            suite: suite,
            ofRequests: isRequest,
            hasTimestamp: hasTimestamp
        )
        encryption = try EncryptionSettings(reading: &reader, suite: suite, hidesUser: user != nil)
        order = try reader.choice("order", of: AlgorithmNames.orders) ?? .signThenEncrypt
        layout = try reader.choice("layout", of: AlgorithmNames.layouts) ?? .strict
        let lifetime = try reader.seconds("timestampLifetime")
        timestampLifetime = hasTimestamp ? lifetime ?? .seconds(300) : nil
        let isBasicProfile = try reader.flag("basicSecurityProfile") ?? true
        try check(reader, hasTimestamp: hasTimestamp)
        if isBasicProfile { try checkBasicProfile(reader) }
        try reader.end()
    }

    private func check(_ reader: FlowReader, hasTimestamp: Bool) throws(FlowError) {
        try reader.refuse(Self.signatureKeys, without: "sign", isMissing: sign == nil)
        try reader.refuse(Self.encryptionKeys, without: "encrypt", isMissing: encrypt == nil)
        try reader.refuse(["algorithmSuite"], without: "sign", isMissing: sign == nil && encrypt == nil)
        if !hasTimestamp {
            try reader.refuse(["timestampLifetime"], without: "timestamp", isMissing: true)
            guard !signature.parts.contains(.timestamp) else {
                throw reader.error("signed", "names a timestamp that is not sent", mend: "remove `timestamp: false`")
            }
        }
        for (key, parts) in [("signed", signature.parts), ("encrypted", encryption.parts)] where reader.has(key) {
            for part in parts where !isSent(part) {
                throw reader.error(key, "names \(part), which messages of this channel do not have", mend: "remove it")
            }
        }
        guard !signature.parts.contains(.signature) else {
            throw reader.error("signed", "names signature, which cannot sign itself", mend: "remove it")
        }
    }

    private func isSent(_ part: MessagePart) -> Bool {
        switch part {
        case .usernameToken: user != nil
        case .samlAssertion, .signatureConfirmation: false
        case .signature, .signatureToken: sign != nil
        case .body, .timestamp, .header, .element: true
        }
    }

    /// What the Basic Security Profile 1.1 does not allow is a choice that must be made aloud.
    private func checkBasicProfile(_ reader: FlowReader) throws(FlowError) {
        let isOutside = [
            ("keyReference", !signature.keyReference.isBasicProfile),
            ("encryptionKeyReference", !encryption.keyReference.isBasicProfile),
            ("canonicalization", signature.canonicalization != .exclusive),
            ("keyPlacement", encryption.keyPlacement == .encryptedData),
        ]
        for (key, isOutside) in isOutside where isOutside && reader.has(key) {
            throw reader.error(
                key,
                "is outside of the Basic Security Profile 1.1",
                mend: "choose another value, or say `basicSecurityProfile: false` where the partner needs it"
            )
        }
    }

    private static let signatureKeys = [
        "signed", "digest", "signatureScheme", "canonicalization", "keyReference", "includeToken", "strTransform",
    ]
    private static let encryptionKeys = [
        "encrypted", "encryptedWhole", "encryption", "keyTransport", "encryptionKeyReference", "keyPlacement",
    ]
}

extension ChannelUser {
    fileprivate init(reading reader: consuming FlowReader) throws(FlowError) {
        credential = try reader.requiredText("credential", example: "orders-user")
        password = try reader.choice("password", of: AlgorithmNames.passwordForms) ?? .digest
        hasNonce = try reader.flag("nonce") ?? true
        hasCreated = try reader.flag("created") ?? true
        guard password == .text || (hasNonce && hasCreated) else {
            throw reader.error(
                reader.has("nonce") ? "nonce" : "created",
                "is left out of a digest, which anyone could then repeat",
                mend: "remove it, or use `password: text` over an encrypted channel"
            )
        }
        try reader.end()
    }
}

extension FlowReader {
    /// Settings of something that is not done are a mistake: what is missing is the key that does it.
    fileprivate func refuse(_ keys: [String], without key: String, isMissing: Bool) throws(FlowError) {
        guard isMissing, let idle = keys.first(where: has) else { return }
        throw error(idle, "has no effect without `\(key)`", mend: "set `\(key)`, or remove it")
    }
}
