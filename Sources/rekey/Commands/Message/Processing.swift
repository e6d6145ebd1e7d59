import Foundation
import WSSecurity

/// Processes a message that a command names.
struct Processing {
    let policy: InboundPolicy
    let keys: (verifying: [KnownCertificate], decrypting: [DecryptionKey])
    let demanded: DemandOptions.Keys
    let output: OutputOptions

    /// The certificates to verify with: the signers' and the endorsers'.
    private var verifying: [KnownCertificate] { keys.verifying + demanded.endorsers }

    /// The processed message; a refused one is reported as JSON where that is asked for, and thrown.
    func process(_ message: [UInt8], now: Date) throws -> ProcessedMessage {
        let keys = StaticTrustedKeys(
            verifying: distinctCertificates,
            decrypting: self.keys.decrypting,
            passwords: demanded.passwords,
            assertionIssuers: demanded.issuers
        )
        do {
            return try MessageProcessor(policy: policy, keys: keys).process(message, receivedAt: now)
        } catch {
            let findings = findings(of: message, now: now)
            if output.format == .json { try output.show(ProcessingReport(error, findings: findings)) { $0.text } }
            let cause = findings.first { $0.code == error.code && error.code == .failedCheck }
            throw Failure(error, because: cause?.text)
        }
    }

    /// The same certificate twice would make a key reference ambiguous.
    private var distinctCertificates: [Certificate] {
        verifying.map(\.certificate)
            .reduce(into: []) { list, certificate in
                if !list.contains(certificate) { list.append(certificate) }
            }
    }

    private func findings(of message: [UInt8], now: Date) -> [DiagnosisFinding] {
        let diagnosis = try? MessageDiagnosis(
            of: message,
            at: now,
            isMomentAsked: true,
            known: verifying,
            decrypting: keys.decrypting
        )
        return diagnosis?.findings ?? []
    }
}
