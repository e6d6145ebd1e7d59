import ArgumentParser
import WSSecurity

/// The command `rekey message decrypt`.
struct MessageDecrypt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decrypt",
        abstract: "Decrypts a message and writes it without its wsse:Security header.",
        discussion: """
            A message that is signed as well needs its signer's certificate: --signer. When --out names a file, what \
            was found is printed.
            """
    )
    @OptionGroup var files: MessageFiles
    @Option(help: "The PEM file of your private key.", completion: .file()) var key: String?
    @Option(help: "The PEM file of its certificate.", completion: .file()) var certificate: String?
    @Option(help: "A PKCS#12 file, in place of --key and --certificate.", completion: .file()) var pkcs12: String?
    @OptionGroup var password: PasswordOptions
    @OptionGroup var trust: TrustOptions
    @Option(
        help: "A part that must have been encrypted: body or {namespace}name; repeat for more. Else body.",
        transform: OptionWords.part
    )
    var part: [MessagePart] = []
    @Option(help: "A PEM file with certificates of trusted signers; repeat for more.", completion: .file())
    var signer: [String] = []
    @Option(
        help: "A part that must be signed: body, timestamp or {namespace}name; repeat for more. Else none.",
        transform: OptionWords.part
    )
    var signedPart: [MessagePart] = []
    @OptionGroup var demands: DemandOptions
    @OptionGroup var policy: PolicyOptions
    @OptionGroup var clock: MessageClock
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let pair = try KeyFiles.pair(pkcs12: pkcs12, key: key, certificate: certificate, password: password)
        let keys = try await trust.keys(certificateFiles: signer, pair: pair)
        guard !keys.decrypting.isEmpty else {
            throw ValidationError("Give your key: --pkcs12, or --key with --certificate, or --alias with --config.")
        }
        var policy = try policy.policy(signed: signedPart, encrypted: part.isEmpty ? [.body] : part)
        let demanded = try demands.keys(adding: &policy)
        let processing = Processing(policy: policy, keys: keys, demanded: demanded, output: output)
        let processed = try processing.process(files.read(), now: clock.now())
        try files.write(processed.envelope)
        if files.out != "-" { try output.show(ProcessingReport(processed)) { $0.text } }
    }
}

extension DecryptionKey {
    /// The pair as a list of one; empty when there is none.
    static func list(_ pair: (key: PrivateKey, chain: [Certificate])?) -> [DecryptionKey] {
        guard let pair, let leaf = pair.chain.first else { return [] }
        return [DecryptionKey(certificate: leaf, key: pair.key)]
    }
}
