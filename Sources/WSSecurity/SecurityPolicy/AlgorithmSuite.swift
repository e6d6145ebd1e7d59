import Cryptography
import XML
import XMLEncryption

/// An algorithm suite (WS-SecurityPolicy 1.3 section 6.1).
///
/// The standard's suites sign by RSA with SHA-1 whatever their name; partners that say `Sha256` mean RSA with SHA-256, as
/// .NET, WSS4J and CXF do, and so do we.
struct AlgorithmSuite: Hashable {
    let name: String
    let digest: DigestAlgorithm
    let encryption: EncryptionMethod
    let isRSA15: Bool
    /// Whether canonicalization is inclusive.
    var isInclusive = false
    /// Whether tokens are signed through the STR-Transform.
    var usesSTRTransform = false

    /// The suite with that name; `nil` when it is unknown.
    init?(name: String) {
        var rest = Substring(name)
        guard let (prefix, encryption) = Self.encryptions.first(where: { rest.hasPrefix($0.prefix) }) else {
            return nil
        }
        rest = rest.dropFirst(prefix.count)
        self.name = name
        self.encryption = encryption
        switch rest {
        case "": (digest, isRSA15) = (.sha1, false)
        case "Rsa15": (digest, isRSA15) = (.sha1, true)
        case "Sha256": (digest, isRSA15) = (.sha256, false)
        case "Sha256Rsa15": (digest, isRSA15) = (.sha256, true)
        default: return nil
        }
    }

    /// The longer prefixes first.
    private static let encryptions: [(prefix: String, method: EncryptionMethod)] = [
        ("Basic256GCM", .aes256GCM), ("Basic192GCM", .aes192GCM), ("Basic128GCM", .aes128GCM),
        ("Basic256", .aes256CBC), ("Basic192", .aes192CBC), ("Basic128", .aes128CBC),
    ]

    /// What must be allowed explicitly before the suite is used to sign or to encrypt.
    func legacy(signs: Bool, encrypts: Bool) -> [LegacyAlgorithm] {
        var legacy: [LegacyAlgorithm] = signs && digest == .sha1 ? [.sha1] : []
        guard encrypts else { return legacy }
        if isRSA15 { legacy.append(.rsa15) }
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
