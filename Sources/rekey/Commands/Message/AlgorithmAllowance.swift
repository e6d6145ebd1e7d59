import ArgumentParser
import WSSecurity

/// The algorithms that `--allow` adds to the recommended ones, by name or URI.
struct AlgorithmAllowance {
    private var policy: InboundPolicy

    /// `policy` with what `words` name.
    static func adding(_ words: [String], to policy: InboundPolicy) throws -> InboundPolicy {
        var allowance = AlgorithmAllowance(policy: policy)
        for word in words { try allowance.add(word) }
        return allowance.policy
    }

    private mutating func add(_ word: String) throws {
        let wanted = Self.spelling(word)
        let signatures = SignatureMethod.allCases.filter { Self.names(of: $0).contains(wanted) }
        let digests = DigestAlgorithm.allCases.filter { Self.spelling($0.rawValue) == wanted || $0.uri == word }
        let ciphers = EncryptionMethod.allCases.filter { Self.names(of: $0).contains(wanted) }
        let transports = OptionWords.keyTransports.filter { transport in
            Self.names(of: transport.1.uri).contains(wanted) || Self.spelling(transport.0) == wanted
        }
        guard !signatures.isEmpty || !digests.isEmpty || !ciphers.isEmpty || !transports.isEmpty else {
            throw ValidationError(
                "\(word) is not an algorithm: write sha-1, rsa-1_5, cbc, 3des, hmac, or one by its name or URI."
            )
        }
        policy.signatureAlgorithms.formUnion(signatures)
        policy.digestAlgorithms.formUnion(digests)
        policy.encryptionAlgorithms.formUnion(ciphers)
        policy.keyTransports.formUnion(transports.map(\.1))
    }

    /// A signature's own names, and that of its hash; codes under shared secrets are named apart.
    private static func names(of method: SignatureMethod) -> Set<String> {
        var names = Self.names(of: method.uri)
        if case .hmac = method { return names.union(["hmac"]) }
        if let digest = method.algorithm.digest { names.insert(spelling(digest.rawValue)) }
        return names
    }

    private static func names(of method: EncryptionMethod) -> Set<String> {
        var names = Self.names(of: method.uri)
        if names.contains("tripledescbc") { return names.union(["3des"]) }
        if method.uri.hasSuffix("cbc") { names.insert("cbc") }
        return names
    }

    /// The URI, and the part of it behind the last `#` or `/`.
    private static func names(of uri: String) -> Set<String> {
        let last = uri.split { $0 == "#" || $0 == "/" }.last.map(String.init) ?? uri
        return [spelling(uri), spelling(last)]
    }

    /// Names are written in many ways: `sha-1`, `SHA1`, `rsa-1_5`, `rsa-1.5`.
    private static func spelling(_ text: String) -> String {
        text.lowercased().filter { !"-_.".contains($0) }
    }
}
