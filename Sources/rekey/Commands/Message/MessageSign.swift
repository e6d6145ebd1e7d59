import ArgumentParser
import Foundation
import WSSecurity

/// The command `rekey message sign`.
struct MessageSign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Signs parts of a message; writes a wsse:Security header with a timestamp.",
        discussion: "The key is --key with --certificate, --pkcs12, or --alias with --config."
    )
    @OptionGroup var files: MessageFiles
    @Option(help: "The PEM file of the private key.", completion: .file()) var key: String?
    @Option(help: "The PEM file of its certificate, maybe with its chain.", completion: .file())
    var certificate: String?
    @Option(help: "A PKCS#12 file, in place of --key and --certificate.", completion: .file()) var pkcs12: String?
    @OptionGroup var password: PasswordOptions
    @Option(help: "An alias of the tenant's keystore: its active version signs.") var alias: String?
    @OptionGroup var tenant: TenantKeyOptions
    @Option(
        help: "A part to sign: body, timestamp, {namespace}name or a path; repeat for more. Else body and timestamp.",
        transform: OptionWords.part
    )
    var part: [MessagePart] = []
    @Option(
        help: ArgumentHelp("How the message names the key: \(OptionWords.keyReferences)."),
        transform: OptionWords.keyReference
    )
    var keyReference = KeyReference.binarySecurityToken
    @Option(help: "The signature's hash: sha-256, sha-384, sha-512.", transform: OptionWords.digest)
    var algorithm = DigestAlgorithm.sha256
    @Option(help: "How an RSA key signs: pkcs1 or pss.", transform: OptionWords.scheme)
    var scheme = RSASignatureScheme.pkcs1
    @Option(help: "The references' hash: sha-256, sha-384, sha-512.", transform: OptionWords.digest)
    var digest = DigestAlgorithm.sha256
    @Option(help: "Seconds until the timestamp expires; 0 writes no timestamp.") var lifetime = 300
    @Option(help: "The actor or role that the header is for.") var actor: String?
    @OptionGroup var clock: MessageClock

    func run() async throws {
        let now = try clock.now()
        let credential = try await credential(at: now)
        let settings = SignatureSettings(
            algorithm: algorithm,
            scheme: scheme,
            digest: digest,
            keyReference: keyReference,
            parts: part.isEmpty ? [.body, .timestamp] : part
        )
        let protection = OutboundProtection(
            signature: (settings, credential),
            timestampLifetime: lifetime > 0 ? .seconds(lifetime) : nil,
            actor: actor,
            extendsHeader: true
        )
        try Protecting.run(protection, files, now: now)
    }

    private func credential(at now: Date) async throws -> SigningCredential {
        if let alias { return try await tenant.keysForAlias().credential(alias, at: now) }
        let pair = try KeyFiles.pair(pkcs12: pkcs12, key: key, certificate: certificate, password: password)
        guard let pair, let leaf = pair.chain.first else {
            throw ValidationError("Give --pkcs12, or --key with --certificate, or --alias with --config.")
        }
        return SigningCredential(key: pair.key, certificate: leaf, chain: Array(pair.chain.dropFirst()))
    }
}
