import ArgumentParser
import WSSecurity

/// Encrypting in the step that signs: the only one in which the signature and the tokens can be encrypted too.
struct HidingOptions: ParsableArguments {
    @Option(
        help: """
            The PEM file of a recipient's certificate: encrypts in the same step, after signing; repeat for more. Without \
            --hide, `encrypt` in a pipe does the same.
            """,
        completion: .file()
    )
    var recipient: [String] = []
    @Option(
        help: """
            What is encrypted for --recipient: signature, usernameToken, samlAssertion, body and other parts; repeat for \
            more. Else body.
            """,
        transform: OptionWords.part
    )
    var hide: [MessagePart] = []
    @Option(help: "The cipher of what is hidden: aes-256-gcm and its like.", transform: OptionWords.encryption)
    var cipher = EncryptionMethod.aes256GCM
    @Option(
        help: ArgumentHelp(
            "How its key is wrapped: \(OptionWords.keyTransports.map(\.0).joined(separator: ", "))."
        ),
        transform: OptionWords.keyTransport
    )
    var keyTransport = KeyTransportMethod.rsaOAEPMGF1P(digest: .sha1)
    @Option(
        help: ArgumentHelp("How the message names the recipient's key: \(OptionWords.keyReferences)."),
        transform: OptionWords.keyReference
    )
    var recipientReference = KeyReference.issuerSerial
    @Option(
        help: "Where the wrapped key stands: header, separateReferenceList, encryptedData.",
        transform: OptionWords.keyPlacement
    )
    var keyPlacement = EncryptedKeyPlacement.header

    func validate() throws {
        guard !recipient.isEmpty || hide.isEmpty else {
            throw ValidationError("--hide encrypts for somebody: give --recipient.")
        }
    }

    /// Has `protection` encrypt what is asked for, if anything is.
    func apply(to protection: inout OutboundProtection) throws {
        let certificates = try recipient.compactMap { try KeyFiles.certificates($0).first }
        guard let first = certificates.first else { return }
        let settings = EncryptionSettings(
            algorithm: cipher,
            keyTransport: keyTransport,
            keyReference: recipientReference,
            keyPlacement: keyPlacement,
            parts: hide.isEmpty ? [.body] : hide
        )
        protection.encryption = (settings, first)
        protection.furtherRecipients = Array(certificates.dropFirst())
    }
}
