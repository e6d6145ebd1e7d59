import ArgumentParser
import Cryptography
import Foundation
import Keystore
import ManagementAPI

/// The command `rekey audit verify`.
struct AuditVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verifies an exported audit log, or the one of a store, without the tenant.",
        discussion: """
            Checks every hash and every checkpoint's signature, and ends with status 1 at the first fault. Keep exports \
            elsewhere and name them with --known: a log that was rewritten, or cut off behind their checkpoints, is found.
            """
    )
    @Argument(help: "The file that `rekey audit export` wrote.") var file: String?
    @Option(help: "Verify the log in this SQLite file instead.") var store: String?
    @Option(help: "A certificate of the signing key in PEM, from where you trust it; may be repeated.")
    var certificate: [String] = []
    @Option(help: "An earlier export whose checkpoints the log must still have; may be repeated.")
    var known: [String] = []
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (file == nil) != (store == nil) else { throw ValidationError("name a file, or --store") }
    }

    func run() async throws {
        var log = try await AuditLog(file: file, store: store)
        for path in known { log.add(checkpointsOf: try AuditLog(file: path)) }
        let isTrusted = !certificate.isEmpty
        let certificates = try isTrusted ? certificate.flatMap(Self.certificates) : log.certificates
        do {
            var verification = try AuditVerification(certificates: certificates, checkpoints: log.checkpoints)
            try verification.read(log.entries)
            try verification.end()
            try output.show(AuditFinding(verification, certificates, isTrusted: isTrusted), as: \.text)
        } catch let fault as AuditVerification.Fault {
            throw Failure("\(fault)", hint: Self.hint(for: fault))
        }
    }

    private static func certificates(in path: String) throws -> [Certificate] {
        try Certificate.list(pem: FileInput.text(path))
    }

    private static func hint(for fault: AuditVerification.Fault) -> String {
        switch fault {
        case .unknownKey: "name the certificate of the tenant's signing key with --certificate; former ones too"
        default: "keep this file; compare it with earlier exports and with a backup of the store"
        }
    }
}
