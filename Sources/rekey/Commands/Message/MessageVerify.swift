import ArgumentParser
import WSSecurity

/// The command `rekey message verify`.
struct MessageVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks that trusted keys signed the parts that must be signed; prints what was found.",
        discussion: """
            A message that is encrypted as well needs your own key: --pkcs12, or --key with --key-certificate. With \
            --out the verified message is written there, without its wsse:Security header.
            """
    )
    @Argument(help: "The message's file; - is standard input.", completion: .file()) var message = "-"
    @Option(help: "The file for the verified message.", completion: .file()) var out: String?
    @Option(
        name: [.customLong("certificate"), .customLong("signer")],
        help: "A PEM file with certificates of trusted signers; repeat for more.",
        completion: .file()
    )
    var certificate: [String] = []
    @OptionGroup var trust: TrustOptions
    @Option(
        help: "A part that must be signed: body, timestamp or {namespace}name; repeat for more. Else body.",
        transform: OptionWords.part
    )
    var part: [MessagePart] = []
    @Option(help: "The PEM file of your own private key.", completion: .file()) var key: String?
    @Option(help: "The PEM file of its certificate.", completion: .file()) var keyCertificate: String?
    @Option(help: "A PKCS#12 file, in place of --key and --key-certificate.", completion: .file())
    var pkcs12: String?
    @OptionGroup var password: PasswordOptions
    @OptionGroup var demands: DemandOptions
    @OptionGroup var policy: PolicyOptions
    @OptionGroup var clock: MessageClock
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let pair = try KeyFiles.pair(pkcs12: pkcs12, key: key, certificate: keyCertificate, password: password)
        let keys = try await trust.keys(certificateFiles: certificate, pair: pair)
        // Whoever proves the key of an assertion is trusted through its issuer.
        guard !keys.verifying.isEmpty || demands.assertion == .holderOfKey else {
            throw ValidationError("Say whom to trust: --certificate, or --alias with --config.")
        }
        var policy = try policy.policy(signed: part.isEmpty ? [.body] : part, encrypted: [])
        let demanded = try demands.keys(adding: &policy)
        let processing = Processing(policy: policy, keys: keys, demanded: demanded, output: output)
        let processed = try processing.process(FileInput.octets(message), now: clock.now())
        if let out { try MessageFiles.write(processed.envelope, to: out) }
        if out != "-" { try output.show(ProcessingReport(processed)) { $0.text } }
    }
}
