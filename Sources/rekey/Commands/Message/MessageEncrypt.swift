import ArgumentParser
import Foundation
import WSSecurity

/// The command `rekey message encrypt`.
struct MessageEncrypt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encrypt",
        abstract: "Encrypts the content of a message's body for a recipient."
    )
    @OptionGroup var files: MessageFiles
    @Option(
        name: [.customLong("certificate"), .customLong("recipient")],
        help: "The PEM file of the recipient's certificate.",
        completion: .file()
    )
    var certificate: String?
    @Option(help: "An alias of the tenant's keystore, in place of --certificate: its active version.")
    var alias: String?
    @OptionGroup var tenant: TenantKeyOptions
    @Option(
        help: "A part to encrypt: body or {namespace}name; repeat for more. Else body.",
        transform: OptionWords.part
    )
    var part: [MessagePart] = []
    @Option(
        help: ArgumentHelp("How the message names the key: \(OptionWords.keyReferences)."),
        transform: OptionWords.keyReference
    )
    var keyReference = KeyReference.issuerSerial
    @Option(
        help: "aes-128-gcm, aes-192-gcm, aes-256-gcm, or the same with cbc.",
        transform: OptionWords.encryption
    )
    var algorithm = EncryptionMethod.aes256GCM
    @Option(
        help: ArgumentHelp(
            "How the content's key is wrapped: \(OptionWords.keyTransports.map(\.0).joined(separator: ", "))"
        ),
        transform: OptionWords.keyTransport
    )
    var keyTransport = KeyTransportMethod.rsaOAEPMGF1P(digest: .sha1)
    @Option(help: "The actor or role that the header is for.") var actor: String?
    @OptionGroup var clock: MessageClock

    func run() async throws {
        let now = try clock.now()
        let recipient = try await recipient(at: now)
        let settings = EncryptionSettings(
            algorithm: algorithm,
            keyTransport: keyTransport,
            keyReference: keyReference,
            parts: part.isEmpty ? [.body] : part
        )
        let protection = OutboundProtection(
            encryption: (settings, recipient),
            timestampLifetime: nil,
            actor: actor,
            extendsHeader: true
        )
        try Protecting.run(protection, files, now: now)
    }

    private func recipient(at now: Date) async throws -> Certificate {
        if let alias { return try await tenant.keysForAlias().recipient(alias, at: now) }
        guard let certificate, let first = try KeyFiles.certificates(certificate).first else {
            throw ValidationError("Give the recipient: --certificate, or --alias with --config.")
        }
        return first
    }
}
