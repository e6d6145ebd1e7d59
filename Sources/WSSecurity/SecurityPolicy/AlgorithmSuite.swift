package import Cryptography
import XML
package import XMLEncryption

/// An algorithm suite (WS-SecurityPolicy 1.3 section 6.1).
///
/// The standard's suites sign by RSA with SHA-1 whatever their name; partners that say `Sha256` mean RSA with SHA-256, as
/// .NET, WSS4J and CXF do, and so do we.
package struct AlgorithmSuite: Hashable, Sendable {
    /// The name, such as `Basic256Sha256`.
    package let name: String
    /// The hash of signatures and references.
    package let digest: DigestAlgorithm
    /// The cipher of the content.
    package let encryption: EncryptionMethod
    /// How the content's key is wrapped.
    package let keyTransport: KeyTransportMethod
    /// Whether canonicalization is inclusive.
    var isInclusive = false
    /// Whether tokens are signed through the STR-Transform.
    var usesSTRTransform = false

    /// The suite with that name; `nil` when it is unknown.
    package init?(name: String) {
        guard let (prefix, encryption) = Self.encryptions.first(where: { name.hasPrefix($0.prefix) }) else {
            return nil
        }
        let ending = String(name.dropFirst(prefix.count))
        guard let (_, digest, keyTransport) = Self.endings.first(where: { $0.0 == ending }) else { return nil }
        self.name = name
        self.digest = digest
        self.encryption = encryption
        self.keyTransport = keyTransport
    }

    /// The suites that partners name: those of the standard with AES, and CXF's with GCM.
    package static let named: [AlgorithmSuite] = endings.flatMap { ending, _, _ in
        encryptions.filter { !$0.prefix.hasSuffix("GCM") || ending == "Sha256" }
            .compactMap { AlgorithmSuite(name: $0.prefix + ending) }
    }

    /// The longer prefixes first.
    private static let encryptions: [(prefix: String, method: EncryptionMethod)] = [
        ("Basic256GCM", .aes256GCM), ("Basic192GCM", .aes192GCM), ("Basic128GCM", .aes128GCM),
        ("Basic256", .aes256CBC), ("Basic192", .aes192CBC), ("Basic128", .aes128CBC),
    ]

    private static let endings: [(String, DigestAlgorithm, KeyTransportMethod)] = [
        ("Sha256", .sha256, .rsaOAEPMGF1P(digest: .sha1)), ("", .sha1, .rsaOAEPMGF1P(digest: .sha1)),
        ("Sha256Rsa15", .sha256, .rsa15), ("Rsa15", .sha1, .rsa15),
    ]

    /// What must be allowed explicitly before the suite is used to sign or to encrypt.
    func legacy(signs: Bool, encrypts: Bool) -> [LegacyAlgorithm] {
        var legacy: [LegacyAlgorithm] = signs && digest == .sha1 ? [.sha1] : []
        guard encrypts else { return legacy }
        if keyTransport == .rsa15 { legacy.append(.rsa15) }
        if !encryption.cipher.isAuthenticated { legacy.append(.cbc) }
        return legacy
    }
}

extension AlgorithmSuite {
    /// Reads the policy in `sp:AlgorithmSuite`.
    init(reading assertion: PolicyAssertion) throws(SecurityPolicyError) {
        var suite: AlgorithmSuite?
        var isInclusive = false
        var usesSTRTransform = false
        for nested in assertion.nested ?? [] {
            switch nested.name.localName {
            case _ where !SecurityPolicyNamespace.isSecurityPolicy(nested.name.namespace): throw nested.unsupported()
            case "InclusiveC14N": isInclusive = true
            case "ExclusiveC14N", "XPath10", "AbsXPath": continue
            case "STRTransform10": usesSTRTransform = true
            case let name where name.hasPrefix("TripleDes"):
                throw nested.unsupported("messages are never encrypted with triple DES")
            case let name:
                guard let named = AlgorithmSuite(name: name) else { throw nested.unsupported() }
                guard suite == nil else { throw .contradictory("two algorithm suites, \(name) is the second") }
                suite = named
            }
        }
        guard var suite else { throw .malformed("sp:AlgorithmSuite names no suite") }
        suite.isInclusive = isInclusive
        suite.usesSTRTransform = usesSTRTransform
        self = suite
    }
}
