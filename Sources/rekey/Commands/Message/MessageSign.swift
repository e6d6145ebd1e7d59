import ArgumentParser
import Foundation
import WSSecurity

/// The command `rekey message sign`.
struct MessageSign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Signs parts of a message; writes a wsse:Security header with a timestamp, and tokens where asked.",
        discussion: """
            The key is --key with --certificate, --pkcs12, or --alias with --config. Without a key nothing is signed: a \
            user's token (--user) or an assertion (--assertion) is added with the timestamp alone.

            Second signature: --endorsing-key and its like. Response to a signed request: --confirm. Signature and tokens \
            hidden: --recipient with --hide.
            """
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
        help: """
            A part to sign: body, timestamp, {namespace}name or a path; repeat for more. Else body and timestamp, the \
            assertion of --assertion and what --confirm adds.
            """,
        transform: OptionWords.part
    )
    var part: [MessagePart] = []
    @OptionGroup var settings: SigningOptions
    @OptionGroup var user: UserOptions
    @Option(help: "The file of a SAML assertion to send along, as its issuer made it.", completion: .file())
    var assertion: String?
    @OptionGroup var endorsing: EndorsingOptions
    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var hiding: HidingOptions
    @Option(help: "Seconds until the timestamp expires; 0 writes no timestamp.") var lifetime = 300
    @Option(
        help: "The order of the header: strict, lax, laxTimestampFirst, laxTimestampLast.",
        transform: OptionWords.layout
    )
    var layout =
        HeaderLayout.strict
    @Option(help: "The actor or role that the header is for.") var actor: String?
    @OptionGroup var clock: MessageClock

    func run() async throws {
        let now = try clock.now()
        var protection = OutboundProtection(
            timestampLifetime: lifetime > 0 ? .seconds(lifetime) : nil,
            actor: actor,
            extendsHeader: true
        )
        protection.layout = layout
        protection.usernameToken = try user.credential()
        protection.assertion = try assertion.map { path in try Self.token(in: path) }
        protection.confirmations = try confirmation.values()
        let signing = try await credential(at: now)
        guard signing != nil || protection.usernameToken != nil || protection.assertion != nil else {
            throw ValidationError("Give --pkcs12, or --key with --certificate, or --alias with --config.")
        }
        protection.signature = signing.map { (settings.signature(of: parts), $0) }
        if let endorser = try await endorsing.credential(tenant, at: now) {
            protection.furtherSignatures = [(settings.signature(of: endorsing.parts), endorser)]
        }
        try hiding.apply(to: &protection)
        try Protecting.run(protection, files, now: now)
    }

    private var parts: [MessagePart] {
        guard part.isEmpty else { return part }
        return [.body, .timestamp] + (assertion == nil ? [] : [.samlAssertion])
            + (confirmation.confirm.isEmpty ? [] : [.signatureConfirmation])
    }

    private static func token(in path: String) throws -> SAMLToken {
        let octets = try FileInput.octets(path)
        do throws(SecurityFault) {
            return try SAMLToken(octets)
        } catch {
            throw Failure("\(path): \(error.cause)", hint: "give a file with the saml:Assertion alone", status: .usage)
        }
    }

    private func credential(at now: Date) async throws -> SigningCredential? {
        if let alias { return try await tenant.keysForAlias().credential(alias, at: now) }
        let pair = try KeyFiles.pair(pkcs12: pkcs12, key: key, certificate: certificate, password: password)
        guard let pair, let leaf = pair.chain.first else { return nil }
        return SigningCredential(key: pair.key, certificate: leaf, chain: Array(pair.chain.dropFirst()))
    }
}
