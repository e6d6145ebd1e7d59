import Foundation
import WSSecurity

/// What the control interface does, apart from HTTP.
struct PartnerControl: Sendable {
    let name: String
    let role: PartnerRole
    let keyring: PartnerKeyring
    let recipe: KeyPairRecipe
    let log: TrafficLog
    /// Absent for a receiver.
    let sender: OrderSender?
    /// Shows tenants that this system handles a new key.
    let selfTest: SelfTest

    var status: PartnerStatus {
        let keys = keyring.snapshot
        return log.note { record, moment in
            PartnerStatus(
                name: name,
                role: role,
                keys: keys.mode,
                sending: sender?.gate.isOpen ?? false,
                held: keys.all.map(record.keys.report),
                counters: record.counters,
                interruptions: record.interruptions.report(at: moment)
            )
        }
    }

    var messages: [PartnerMessage] {
        log.note { record, _ in record.messages }
    }

    func createKeyPair(_ request: CreateKeyPairRequest) throws -> CreatedKeyPair {
        let key = try keyring.createKeyPair(for: request.use, by: recipe, now: log.now.date)
        return CreatedKeyPair(fingerprint: key.fingerprint, certificate: key.certificate.pem)
    }

    func useKeyPair(_ request: UseKeyPairRequest) throws -> PartnerStatus {
        try keyring.useKeyPair(request.fingerprint, for: request.use, keepOld: request.keepOld)
        return status
    }

    func trust(_ request: TrustRequest) throws -> PartnerStatus {
        try keyring.trust(pem: request.certificate, for: request.use, keepOld: request.keepOld)
        return status
    }

    func remove(_ request: RemoveKeyRequest) throws -> PartnerStatus {
        try keyring.remove(request.fingerprint, for: request.use)
        return status
    }

    func runSelfTests() async throws -> [SelfTestReport] {
        guard let sender else { throw PartnerRefusal.notASender }
        var reports: [SelfTestReport] = []
        for target in sender.targets where target.pattern == .requestReply {
            reports.append(SelfTestReport(target: target.url, fingerprint: try await selfTest.run(at: target)))
        }
        return reports
    }

    func setSending(_ request: SendingRequest) async throws -> PartnerStatus {
        guard let sender else { throw PartnerRefusal.notASender }
        if request.sending {
            sender.start()
        } else {
            await sender.stop()
        }
        return status
    }
}
