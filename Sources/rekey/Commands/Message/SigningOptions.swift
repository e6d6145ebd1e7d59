import ArgumentParser
import WSSecurity

/// How a message is signed, apart from its parts and its key.
struct SigningOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("How the message names the key: \(OptionWords.keyReferences)."),
        transform: OptionWords.keyReference
    )
    var keyReference = KeyReference.binarySecurityToken
    @Option(help: "The name for --key-reference keyName; else the certificate's subject.") var keyName: String?
    @Flag(
        inversion: .prefixedNo,
        help: "Whether the certificate travels along; else where --key-reference needs it."
    )
    var includeToken: Bool?
    @Flag(help: "Sign signatureToken and samlAssertion through their references (STR-Transform).")
    var strTransform = false
    @Option(help: "The signature's hash: sha-256, sha-384, sha-512.", transform: OptionWords.digest)
    var algorithm = DigestAlgorithm.sha256
    @Option(help: "How an RSA key signs: pkcs1 or pss.", transform: OptionWords.scheme)
    var scheme = RSASignatureScheme.pkcs1
    @Option(help: "The references' hash: sha-256, sha-384, sha-512.", transform: OptionWords.digest)
    var digest = DigestAlgorithm.sha256
    @Option(
        help: ArgumentHelp("How signed elements become octets: \(OptionWords.canonicalizations)."),
        transform: OptionWords.canonicalization
    )
    var canonicalization = CanonicalizationMethod.exclusive

    /// The settings for a signature over `parts`.
    func signature(of parts: [MessagePart]) -> SignatureSettings {
        SignatureSettings(
            algorithm: algorithm,
            scheme: scheme,
            digest: digest,
            canonicalization: canonicalization,
            keyReference: keyReference,
            keyName: keyName,
            includesToken: includeToken,
            usesSTRTransform: strTransform,
            parts: parts
        )
    }
}
