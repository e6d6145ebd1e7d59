package import WSSecurity

/// A policy of WS-SecurityPolicy as the security settings of a flow document; keys are left to be named.
package struct SecurityPolicyDocument: Hashable, Sendable {
    /// Which end of the policy the tenant is.
    package enum Side: String, CaseIterable, Sendable {
        /// It sends the requests: the settings of the receiver channel.
        case initiator
        /// It takes the requests: the settings of the sender channel.
        case recipient
    }

    /// The YAML: `receiver:` or `sender:` with `request` and `response`.
    package let yaml: String

    /// Writes `policy` for `side`.
    package init(_ policy: SecurityPolicy, side: Side) {
        let isInitiator = side == .initiator
        let request = isInitiator ? policy.request.sentSettings : policy.request.demandedSettings
        let response = isInitiator ? policy.response.demandedSettings : policy.response.sentSettings
        yaml =
            "\(isInitiator ? "receiver" : "sender"):\n" + Self.block("request", request)
            + Self.block("response", response)
    }

    private static func block(_ name: String, _ lines: [String]) -> String {
        guard !lines.isEmpty else { return "  \(name): {}\n" }
        return "  \(name):\n" + lines.map { "    \($0)\n" }.joined()
    }
}

extension MessageSecurity {
    /// What a channel that sends such a message says.
    fileprivate var sentSettings: [String] {
        var lines: [String] = []
        if let signature {
            lines += ["sign: ALIAS", "signed: \(Self.list(signature.parts))"]
            lines += Self.choice("digest", signature.digest, of: AlgorithmNames.digests)
            lines += Self.choice("canonicalization", signature.canonicalization, of: AlgorithmNames.canonicalizations)
            lines.append("keyReference: \(signature.keyReference.rawValue)")
            if signature.usesSTRTransform { lines.append("strTransform: true") }
            if confirmsSignatures { lines.append("confirmSignatures: true") }
        }
        if let endorsement {
            lines += ["endorse: [ENDORSER]", "endorsed: \(Self.list(endorsement.parts))"]
            lines.append("endorsementKeyReference: \(endorsement.keyReference.rawValue)")
        }
        if let encryption {
            lines += ["encrypt: ALIAS", "encrypted: \(Self.list(encryption.parts))"]
            if !encryption.wholeParts.isEmpty {
                lines.append(
                    "encryptedWhole: \(Self.list(encryption.wholeParts.sorted { $0.description < $1.description }))"
                )
            }
            lines += Self.choice("encryption", encryption.algorithm, of: AlgorithmNames.ciphers)
            lines += Self.choice("keyTransport", encryption.keyTransport, of: AlgorithmNames.keyTransports)
            lines.append("encryptionKeyReference: \(encryption.keyReference.rawValue)")
        }
        if signature != nil, encryption != nil { lines.append("order: \(order.rawValue)") }
        if let user {
            let form = "password: \(user.form), nonce: \(user.hasNonce), created: \(user.hasCreated)"
            lines.append("usernameToken: {credential: NAME, \(form)}")
        }
        guard !lines.isEmpty || hasTimestamp else { return [] }
        lines.append("layout: \(layout.rawValue)")
        if !hasTimestamp { lines.append("timestamp: false") }
        return lines
    }

    /// What a channel that takes such a message demands.
    fileprivate var demandedSettings: [String] {
        var lines: [String] = []
        if let signature {
            lines += ["verify: [ALIAS]", "signed: \(Self.list(signature.parts))"]
            if confirmsSignatures { lines.append("confirmSignatures: true") }
        }
        if let endorsement { lines += ["endorse: [ENDORSER]", "endorsed: \(Self.list(endorsement.parts))"] }
        if let user {
            let form = "password: \(user.form), nonce: \(user.hasNonce), created: \(user.hasCreated)"
            lines.append("usernameToken: {credentials: [NAME], \(form)}")
        }
        if let encryption {
            let parts = encryption.parts + encryption.wholeParts.sorted { $0.description < $1.description }
            lines += ["decrypt: [ALIAS]", "encrypted: \(Self.list(parts))"]
        }
        guard !lines.isEmpty || hasTimestamp else { return [] }
        if let suite, !lines.isEmpty { lines.append("algorithmSuite: \(AlgorithmNames.name(of: suite))") }
        lines.append("checkTimestamp: \(hasTimestamp)")
        if signature != nil, encryption != nil { lines.append("order: \(order.rawValue)") }
        lines.append("layout: \(layout.rawValue)")
        return lines
    }

    /// The suite with the message's algorithms: it allows no others.
    private var suite: AlgorithmSuite? {
        AlgorithmSuite.named.first { suite in
            (signature.map { $0.digest == suite.digest } ?? true)
                && (encryption.map { $0.algorithm == suite.encryption && $0.keyTransport == suite.keyTransport } ?? true)
        }
    }

    private static func list(_ parts: [MessagePart]) -> String {
        "[" + parts.map { MessagePart.worded.contains($0) ? $0.description : "\"\($0)\"" }.joined(separator: ", ") + "]"
    }

    /// The line for a value that has a name in flow documents.
    private static func choice<Value: Equatable>(
        _ key: String,
        _ value: Value,
        of names: [(String, Value)]
    ) -> [String] {
        guard let name = names.first(where: { $0.1 == value })?.0 else { return [] }
        return ["\(key): \(name)"]
    }
}

extension MessageSecurity.User {
    /// The password's form as flow documents name it.
    fileprivate var form: String { isHashed ? "digest" : "text" }
}
