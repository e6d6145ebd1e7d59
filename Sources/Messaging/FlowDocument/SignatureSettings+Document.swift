import WSSecurity

extension SignatureSettings {
    /// Reads how a channel signs; `usual` parts unless the document lists others.
    init(
        reading reader: inout FlowReader,
        suite: AlgorithmSuite?,
        ofRequests isRequest: Bool,
        usual: [MessagePart]
    ) throws(FlowError) {
        let digest = try reader.choice("digest", of: AlgorithmNames.digests)
        try reader.refuse("digest", besides: "algorithmSuite", suite != nil)
        let inclusion = try reader.choice("includeToken", of: AlgorithmNames.inclusions)
        let includesToken = inclusion?.includesToken(inRequest: isRequest)
        let reference = try reader.choice("keyReference", of: AlgorithmNames.keyReferences)
        if let reference, reference.needsToken, includesToken == false {
            throw reader.error(
                "keyReference",
                "is `\(reference.rawValue)`, which leads to a token that `includeToken` leaves out",
                mend: "use issuerSerial, subjectKeyIdentifier or thumbprint, or change `includeToken`"
            )
        }
        self.init(
            algorithm: suite?.digest ?? digest ?? .sha256,
            scheme: try reader.choice("signatureScheme", of: AlgorithmNames.schemes) ?? .pkcs1,
            digest: suite?.digest ?? digest ?? .sha256,
            canonicalization: try reader.choice("canonicalization", of: AlgorithmNames.canonicalizations) ?? .exclusive,
            keyReference: reference ?? (includesToken == false ? .issuerSerial : .binarySecurityToken),
            includesToken: includesToken,
            usesSTRTransform: try reader.flag("strTransform") ?? false,
            parts: try reader.parts("signed") ?? usual
        )
    }
}

extension EncryptionSettings {
    /// Reads how a channel encrypts; a user's token is always encrypted along.
    init(reading reader: inout FlowReader, suite: AlgorithmSuite?, hidesUser: Bool) throws(FlowError) {
        let cipher = try reader.choice("encryption", of: AlgorithmNames.ciphers)
        let transport = try reader.choice("keyTransport", of: AlgorithmNames.keyTransports)
        try reader.refuse("encryption", besides: "algorithmSuite", suite != nil)
        try reader.refuse("keyTransport", besides: "algorithmSuite", suite != nil)
        let whole = try reader.parts("encryptedWhole") ?? []
        for part in [MessagePart.body, .timestamp] where whole.contains(part) {
            throw reader.error("encryptedWhole", "names \(part), which must stay readable", mend: "remove it")
        }
        self.init(
            algorithm: suite?.encryption ?? cipher ?? .aes256GCM,
            keyTransport: suite?.keyTransport ?? transport ?? .rsaOAEPMGF1P(digest: .sha1),
            keyReference: try reader.choice("encryptionKeyReference", of: AlgorithmNames.keyReferences)
                ?? .issuerSerial,
            keyPlacement: try reader.choice("keyPlacement", of: AlgorithmNames.keyPlacements) ?? .header,
            parts: try reader.parts("encrypted") ?? [.body],
            wholeParts: Set(whole).union(hidesUser ? [.usernameToken] : [])
        )
        guard !parts.contains(.timestamp) else {
            throw reader.error("encrypted", "names timestamp, which must stay readable", mend: "remove it")
        }
    }
}

extension FlowReader {
    /// A key whose value another one has decided already is a contradiction.
    fileprivate func refuse(_ key: String, besides other: String, _ isDecided: Bool) throws(FlowError) {
        guard isDecided, has(key) else { return }
        throw error(key, "contradicts `\(other)`, which decides it", mend: "remove one of the two")
    }
}
