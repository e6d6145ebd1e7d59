import ArgumentParser
import Foundation
import WSSecurity

/// The command `rekey message inspect`.
struct MessageInspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Shows how a message is protected, and where it does not verify, why.",
        discussion: """
            Every signature is computed again, with the certificate that the message brings and all that are given; no \
            trust is decided: `verify` does that. Where a digest differs, the changes that happen on the way (white \
            space, line ends, charset, namespaces, added attributes, another canonicalization) are undone one by one, \
            and one is named only when it reproduces the digest. --original names the message as the sender has it; \
            --save keeps both canonical forms. With your key, or the tenant's, what is encrypted is opened first. Departures from WS-I Basic Security Profile 1.1 have their rule's number.

            Exit status: 0 nothing wrong found, 1 a receiver would refuse it (OASIS fault code and cause), 2 usage.
            """
    )
    @Argument(help: "The message's file; - is standard input.", completion: .file()) var message = "-"
    @Option(
        name: [.customLong("certificate"), .customLong("signer")],
        help: "A PEM file with certificates to try and to name keys by; repeat for more.",
        completion: .file()
    )
    var certificate: [String] = []
    @OptionGroup var tenant: TenantKeyOptions
    @Option(help: "The PEM file of your own private key, to look into what is encrypted.", completion: .file())
    var key: String?
    @Option(help: "The PEM file of its certificate.", completion: .file()) var keyCertificate: String?
    @Option(help: "A PKCS#12 file, in place of --key and --key-certificate.", completion: .file())
    var pkcs12: String?
    @OptionGroup var password: PasswordOptions
    @Option(help: "The file of the message as its sender has it, to compare with.", completion: .file())
    var original: String?
    @Option(help: "A folder for the canonical forms of parts whose digest differs.", completion: .directory)
    var save: String?
    @OptionGroup var clock: MessageClock
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let octets = try FileInput.octets(message)
        let files = try certificate.flatMap { path in
            try KeyFiles.certificates(path).map { KnownCertificate(name: path, certificate: $0) }
        }
        let pair = try KeyFiles.pair(pkcs12: pkcs12, key: key, certificate: keyCertificate, password: password)
        let keys = try await tenant.keys()
        let report = try self.report(
            octets,
            known: files + (keys?.known ?? []),
            decrypting: DecryptionKey.list(pair) + (keys?.decryptionKeys ?? [])
        )
        let saved = try save.map { try CanonicalForms(folder: $0).save(report.diagnosis) } ?? []
        try output.show(report) { report in
            ([InspectionText.text(report)] + saved.map { "saved: \($0)" }).joined(separator: "\n")
        }
        guard report.isAccepted else { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    private func report(
        _ octets: [UInt8],
        known: [KnownCertificate],
        decrypting: [DecryptionKey]
    ) throws -> InspectionReport {
        let now = try clock.now()
        do {
            return try InspectionReport(
                diagnosis: MessageDiagnosis(
                    of: octets,
                    at: now,
                    isMomentAsked: clock.at != nil,
                    known: known,
                    decrypting: decrypting,
                    original: original.map { try FileInput.octets($0) }
                ),
                message: MessageInspection(of: octets, at: now, known: known)
            )
        } catch let fault as SecurityFault {
            if output.format == .json { try output.show(ProcessingReport(fault)) { $0.text } }
            throw Failure(fault)
        }
    }
}
