import ArgumentParser
import Foundation
import WSSecurity

/// A second signature, which endorses the first (WS-SecurityPolicy 1.3 section 8.3).
struct EndorsingOptions: ParsableArguments {
    @Option(help: "The PEM file of the private key of a second, endorsing signature.", completion: .file())
    var endorsingKey: String?
    @Option(help: "The PEM file of its certificate.", completion: .file()) var endorsingCertificate: String?
    @Option(help: "A PKCS#12 file, in place of both.", completion: .file()) var endorsingPKCS12: String?
    @Option(help: "An alias of the tenant's keystore, in place of all three.") var endorsingAlias: String?
    @Option(help: "The file of the endorsing key's password; else it is asked for.", completion: .file())
    var endorsingPasswordFile: String?
    @Option(
        help: "A part that the second signature covers; repeat for more. Else signature: the first one.",
        transform: OptionWords.part
    )
    var endorsedPart: [MessagePart] = []

    /// What endorses; nil when no key is named.
    func credential(_ tenant: TenantKeyOptions, at now: Date) async throws -> SigningCredential? {
        if let endorsingAlias { return try await tenant.keysForAlias().credential(endorsingAlias, at: now) }
        let pair = try KeyFiles.pair(
            pkcs12: endorsingPKCS12,
            key: endorsingKey,
            certificate: endorsingCertificate,
            given: FileInput.password(endorsingPasswordFile)
        )
        guard let pair, let leaf = pair.chain.first else {
            guard endorsedPart.isEmpty else {
                throw ValidationError("--endorsed-part has no effect without an endorsing key.")
            }
            return nil
        }
        return SigningCredential(key: pair.key, certificate: leaf, chain: Array(pair.chain.dropFirst()))
    }

    /// What it signs.
    var parts: [MessagePart] { endorsedPart.isEmpty ? [.signature] : endorsedPart }
}
