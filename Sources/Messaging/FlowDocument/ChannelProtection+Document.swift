import Keystore
import WSSecurity

extension ChannelProtection {
    /// Reads how a channel protects what it sends: requests, or else responses.
    init(reading reader: consuming FlowReader, ofRequests isRequest: Bool) throws(FlowError) {
        sign = try reader.alias("sign")
        encrypt = try reader.alias("encrypt")
        user = try reader.below("usernameToken").map { reader throws(FlowError) in try ChannelUser(reading: reader) }
        assertion = try reader.below("samlAssertion")
            .map { reader throws(FlowError) in try ChannelAssertion(reading: reader, ofRequests: isRequest) }
        confirmsSignatures = try reader.flag("confirmSignatures") ?? false
        let suite = try reader.choice("algorithmSuite", of: AlgorithmNames.suites)
        let hasTimestamp = try reader.flag("timestamp") ?? true
        var usual: [MessagePart] = hasTimestamp ? [.body, .timestamp] : [.body]
        if assertion != nil { usual.append(.samlAssertion) }
        var signature = try SignatureSettings(reading: &reader, suite: suite, ofRequests: isRequest, usual: usual)
        if confirmsSignatures, !signature.parts.contains(.signatureConfirmation) {
            signature.parts.append(.signatureConfirmation)
        }
        self.signature = signature
        (endorse, endorsement) = try reader.endorsement(like: signature)
        encryption = try EncryptionSettings(reading: &reader, suite: suite, hidesUser: user != nil)
        order = try reader.choice("order", of: AlgorithmNames.orders) ?? .signThenEncrypt
        layout = try reader.choice("layout", of: AlgorithmNames.layouts) ?? .strict
        actor = try reader.actor()
        let lifetime = try reader.seconds("timestampLifetime")
        timestampLifetime = hasTimestamp ? lifetime ?? .seconds(300) : nil
        let isBasicProfile = try reader.flag("basicSecurityProfile") ?? true
        try check(reader, hasTimestamp: hasTimestamp)
        try checkConfirmation(reader, ofRequests: isRequest)
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
        let lists = [
            ("signed", signature.parts), ("endorsed", endorsement.parts), ("encrypted", encryption.parts),
            ("encryptedWhole", encryption.wholeParts.filter { $0 != .usernameToken }),
        ]
        for (key, parts) in lists where reader.has(key) {
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
        case .samlAssertion: assertion != nil
        case .signatureConfirmation: confirmsSignatures
        case .signature, .signatureToken: sign != nil
        case .body, .timestamp, .header, .element: true
        }
    }

    /// Only a response has a request to confirm, and an unsigned confirmation confirms nothing.
    private func checkConfirmation(_ reader: FlowReader, ofRequests isRequest: Bool) throws(FlowError) {
        guard confirmsSignatures else { return }
        guard !isRequest else {
            throw reader.error("confirmSignatures", "stands in a request", mend: "set it in `response`, or remove it")
        }
        try reader.refuse(["confirmSignatures"], without: "sign", isMissing: sign == nil)
    }

    /// What the Basic Security Profile 1.1 does not allow is a choice that must be made aloud.
    private func checkBasicProfile(_ reader: FlowReader) throws(FlowError) {
        let isOutside = [
            ("keyReference", !signature.keyReference.isBasicProfile),
            ("endorsementKeyReference", !endorsement.keyReference.isBasicProfile),
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
        "endorse",
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

extension ChannelAssertion {
    fileprivate init(reading reader: consuming FlowReader, ofRequests isRequest: Bool) throws(FlowError) {
        let credential = try reader.text("credential")
        let isForwarded = try reader.flag("forward") ?? false
        guard isForwarded != (credential != nil) else {
            throw reader.error(
                isForwarded ? "forward" : "credential",
                isForwarded ? "contradicts `credential`" : "is missing",
                mend: "say `forward: true` for the request's assertion, or `credential: NAME` for one of the tenant's"
            )
        }
        guard isRequest || !isForwarded else {
            throw reader.error("forward", "stands in a response", mend: "set it in `receiver.request`, or remove it")
        }
        self = credential.map { .configured($0) } ?? .ofRequest
        try reader.end()
    }
}

extension FlowReader {
    /// Who signs besides the primary signature, and how: as that one does, over parts of their own.
    fileprivate mutating func endorsement(
        like signature: SignatureSettings
    ) throws(FlowError) -> ([KeyAlias], SignatureSettings) {
        let aliases = try aliases("endorse")
        let parts = try parts("endorsed")
        let reference = try choice("endorsementKeyReference", of: AlgorithmNames.keyReferences)
        guard aliases.count <= Self.endorserLimit, Set(aliases).count == aliases.count else {
            throw error("endorse", "names too many aliases, or one twice", mend: "name \(Self.endorserLimit) at most")
        }
        try refuse(["endorsed", "endorsementKeyReference"], without: "endorse", isMissing: aliases.isEmpty)
        var endorsement = signature
        endorsement.parts = parts ?? [.signature]
        if let reference, reference != signature.keyReference {
            endorsement.keyReference = reference
            endorsement.includesToken = nil
        }
        return (aliases, endorsement)
    }

    /// What receivers take: four signatures.
    private static let endorserLimit = 3

    /// Settings of something that is not done are a mistake: what is missing is the key that does it.
    fileprivate func refuse(_ keys: [String], without key: String, isMissing: Bool) throws(FlowError) {
        guard isMissing, let idle = keys.first(where: has) else { return }
        throw error(idle, "has no effect without `\(key)`", mend: "set `\(key)`, or remove it")
    }
}
