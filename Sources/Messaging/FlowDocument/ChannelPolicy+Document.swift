import WSSecurity

extension ChannelPolicy {
    /// Reads what a channel demands.
    ///
    /// Naming aliases demands the usual parts, unless the document lists others. `isRequest` = the sender's messages, else
    /// the receiver's answers.
    init(reading reader: consuming FlowReader, ofRequests isRequest: Bool) throws(FlowError) {
        verify = try reader.aliases("verify")
        decrypt = try reader.aliases("decrypt")
        (endorse, endorsed) = try reader.endorsement(besides: verify)
        let assertion = try reader.assertion(isVerified: !verify.isEmpty)
        let user = try reader.userDemand()
        (issuers, users) = (assertion?.issuers ?? [], user?.credentials ?? [])
        confirmsSignatures = try reader.confirmation(ofRequests: isRequest, isVerified: !verify.isEmpty)
        let checksTimestamp = try reader.flag("checkTimestamp")
        let usual: [MessagePart] = checksTimestamp == false ? [.body] : [.body, .timestamp]
        let signed = try reader.parts("signed") ?? (verify.isEmpty ? [] : usual)
        let encrypted = try reader.parts("encrypted") ?? (decrypt.isEmpty ? [] : [.body])
        let isSignedBySubject = assertion?.demand.confirmation == .holderOfKey
        try Self.check(
            reader,
            signed,
            encrypted,
            verify: verify.isEmpty && (signed.isEmpty || !isSignedBySubject),
            decrypt: decrypt.isEmpty
        )
        guard checksTimestamp != false || !signed.contains(.timestamp) else {
            throw reader.error(
                "checkTimestamp",
                "contradicts `signed`, which demands a timestamp",
                mend: "remove one of the two"
            )
        }
        var demands = InboundPolicy(
            signed: Set(signed),
            encrypted: Set(encrypted),
            requiresTimestamp: checksTimestamp ?? signed.contains(.timestamp)
        )
        demands.assertion = assertion?.demand
        demands.usernameToken = user?.demand
        needsTLS =
            isRequest && user?.demand.forms.contains(.text) == true && user?.isTLSWaived == false
            && !encrypted.contains(.usernameToken)
        demands.maximumAge = try reader.seconds("maximumAge") ?? demands.maximumAge
        demands.clockSkew = try reader.seconds("clockSkew", least: 0) ?? demands.clockSkew
        demands.order = try reader.choice("order", of: AlgorithmNames.orders)
        demands.layout = try reader.choice("layout", of: AlgorithmNames.layouts)
        demands.allowsForeignIdentifiers = try reader.flag("basicSecurityProfile") == false
        demands.actor = try reader.actor()
        octetLimit = try reader.octetCount("maximumSize")
        try Self.algorithms(&reader, of: &demands)
        detectsReplays = try reader.flag("detectReplays") ?? isRequest
        savesIncoming = try reader.flag("saveIncoming") ?? false
        try reader.end()
        self.demands = demands
    }

    private static func check(
        _ reader: FlowReader,
        _ signed: [MessagePart],
        _ encrypted: [MessagePart],
        verify isUnverified: Bool,
        decrypt isPlain: Bool
    ) throws(FlowError) {
        guard signed.isEmpty == isUnverified else {
            throw reader.error(
                "verify",
                "does not go together with `signed`",
                mend: "name the aliases that may have signed, and the parts that they must have signed"
            )
        }
        guard encrypted.isEmpty == isPlain else {
            throw reader.error(
                "decrypt",
                "does not go together with `encrypted`",
                mend: "name the aliases that may decrypt, and the parts that must be encrypted"
            )
        }
    }

    /// A suite allows its algorithms and no others; the lists add to what is recommended, or replace it.
    private static func algorithms(
        _ reader: inout FlowReader,
        of demands: inout InboundPolicy
    ) throws(FlowError) {
        let suite = try reader.choice("algorithmSuite", of: AlgorithmNames.suites)
        let digests = try reader.choices("digestAlgorithms", of: AlgorithmNames.digests)
        let ciphers = try reader.choices("encryptionAlgorithms", of: AlgorithmNames.acceptedCiphers)
        let transports = try reader.choices("keyTransports", of: AlgorithmNames.keyTransports)
        if let suite {
            for key in ["digestAlgorithms", "encryptionAlgorithms", "keyTransports"] where reader.has(key) {
                throw reader.error(
                    key,
                    "contradicts `algorithmSuite`, which decides it",
                    mend: "remove one of the two"
                )
            }
            demands.allow(suite)
        }
        if let digests { demands.digestAlgorithms = Set(digests) }
        if let ciphers { demands.encryptionAlgorithms = Set(ciphers) }
        if let transports { demands.keyTransports = Set(transports) }
    }
}

extension InboundPolicy {
    fileprivate mutating func allow(_ suite: AlgorithmSuite) {
        digestAlgorithms = [suite.digest]
        encryptionAlgorithms = [suite.encryption]
        keyTransports = [suite.keyTransport]
        guard suite.digest == .sha1 else { return }
        signatureAlgorithms.formUnion([.rsaSHA1, .ecdsaSHA1])
    }
}
