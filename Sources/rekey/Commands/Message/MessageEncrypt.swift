import ArgumentParser
import Foundation
import WSSecurity

/// The command `rekey message encrypt`.
struct MessageEncrypt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encrypt",
        abstract: "Encrypts the content of a message's body for one recipient or several.",
        discussion:
            "Each recipient is a --certificate, or an --alias with --config; each can decrypt all that is encrypted."
    )
    @OptionGroup var files: MessageFiles
    @Option(
        name: [.customLong("certificate"), .customLong("recipient")],
        help: "The PEM file of a recipient's certificate; repeat for more.",
        completion: .file()
    )
    var certificate: [String] = []
    @Option(help: "An alias of the tenant's keystore as recipient: its active version; repeat for more.")
    var alias: [String] = []
    @OptionGroup var tenant: TenantKeyOptions
    @Option(
        help: "A part whose content is encrypted: body, {namespace}name or a path; repeat for more. Else body.",
        transform: OptionWords.part
    )
    var part: [MessagePart] = []
    @Option(
        help: "A part that is encrypted with its tags: {namespace}name or a path; repeat for more.",
        transform: OptionWords.part
    )
    var whole: [MessagePart] = []
    @Option(
        help: ArgumentHelp("How the message names the key: \(OptionWords.keyReferences)."),
        transform: OptionWords.keyReference
    )
    var keyReference = KeyReference.issuerSerial
    @Option(help: "The name for --key-reference keyName; else the certificate's subject.") var keyName: String?
    @Option(
        help: "Where the wrapped key stands: header, separateReferenceList, encryptedData.",
        transform: OptionWords.keyPlacement
    )
    var keyPlacement = EncryptedKeyPlacement.header
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
        let recipients = try await recipients(at: now)
        guard let recipient = recipients.first else {
            throw ValidationError("Give the recipient: --certificate, or --alias with --config.")
        }
        let settings = EncryptionSettings(
            algorithm: algorithm,
            keyTransport: keyTransport,
            keyReference: keyReference,
            keyName: keyName,
            keyPlacement: keyPlacement,
            parts: part.isEmpty && whole.isEmpty ? [.body] : part,
            wholeParts: Set(whole)
        )
        var protection = OutboundProtection(
            encryption: (settings, recipient),
            timestampLifetime: nil,
            actor: actor,
            extendsHeader: true
        )
        protection.furtherRecipients = Array(recipients.dropFirst())
        try Protecting.run(protection, files, now: now)
    }

    private func recipients(at now: Date) async throws -> [Certificate] {
        var recipients = try certificate.compactMap { try KeyFiles.certificates($0).first }
        guard !alias.isEmpty else { return recipients }
        let keys = try await tenant.keysForAlias()
        for name in alias { recipients.append(try keys.recipient(name, at: now)) }
        return recipients
    }
}
