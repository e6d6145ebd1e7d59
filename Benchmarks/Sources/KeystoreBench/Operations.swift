import Cryptography
import Foundation
import Keystore
import ManagementAPI
import Messaging
import Renewal
import Server
import StoreSQLite

/// A tenant that is served, as the operations see it.
struct Side {
    let subject: Subject
    let api: ManagementClient

    var snapshot: KeyringSnapshot { subject.tenant.keyring.snapshot }

    func alias(_ purpose: String, _ turn: Int) throws -> KeyAlias {
        try subject.size.alias(purpose, of: subject.size.pick(turn))
    }

    func certificate(_ turn: Int) throws -> Certificate {
        guard let found = snapshot.versions(of: try alias("verify", turn)).first?.certificate else {
            throw BenchFault.wrongResult("certificate")
        }
        return found
    }
}

/// What is measured on tenants that run.
struct Operations {
    var comparison: Comparison<Side>

    mutating func run() async throws {
        try await lookUps()
        try await questions()
        try await changes()
        try await renewals()
    }

    private mutating func lookUps() async throws {
        try await comparison.measure("a key signs for the first time", samples: 200) { side, turn in
            _ = try side.snapshot.signingCredential(side.alias("sign", turn + 1_000), at: side.subject.clock.now)
        }
        try await comparison.measure("what a flow signs with", samples: 50, batch: 500) { side, turn in
            _ = try side.snapshot.signingCredential(side.alias("sign", turn % 100), at: side.subject.clock.now)
        }
        let (tenth, full) = (comparison.tenth, comparison.full)
        let certificates = try [tenth, full].map { side in try (0..<100).map { try side.certificate($0) } }
        let known = { (side: Side, turn: Int) in
            certificates[side.subject.size.flows == full.subject.size.flows ? 1 : 0][turn % 100]
        }
        try await comparison.measure("look-up by issuer and serial number", samples: 50, batch: 500) { side, turn in
            let certificate = known(side, turn)
            let found = side.snapshot.candidates(issuer: certificate.issuer, serial: certificate.serialNumber)
            guard found.count == 1 else { throw BenchFault.wrongResult("issuer and serial number") }
        }
        try await comparison.measure("look-up by subject key identifier", samples: 50, batch: 500) { side, turn in
            let found = side.snapshot.candidates(subjectKeyIdentifier: known(side, turn).keyIdentifier)
            guard found.count == 1 else { throw BenchFault.wrongResult("subject key identifier") }
        }
        try await comparison.measure("look-up by thumbprint", samples: 50, batch: 500) { side, turn in
            let found = side.snapshot.candidates(thumbprint: known(side, turn).thumbprint)
            guard found.count == 1 else { throw BenchFault.wrongResult("thumbprint") }
        }
    }

    private mutating func questions() async throws {
        try await comparison.measure("where-used (API)", samples: 100) { side, turn in
            let uses = try await side.api.whereUsed(side.alias("sign", turn).rawValue)
            guard uses.configured.count == 1, uses.observed.count == 1 else {
                throw BenchFault.wrongResult("where-used")
            }
        }
        try await comparison.measure("plan of a renewal (API)", samples: 100) { side, turn in
            let plan = try await side.api.planRenewal(PlanRenewal(alias: side.alias("sign", turn).rawValue))
            guard !plan.steps.isEmpty else { throw BenchFault.wrongResult("plan") }
        }
        try await comparison.measure("a page of 100 keys (API)", samples: 20) { side, turn in
            let page = try await side.api.keys(after: side.alias("decrypt", turn).rawValue, limit: 100)
            guard page.count == 100 else { throw BenchFault.wrongResult("keys") }
        }
        try await comparison.measure("certificates that end: nothing to say", samples: 50) { side, _ in
            let alerts = try await ExpiryWatching(tenant: side.subject.tenant).watch()
            guard alerts.isEmpty else { throw BenchFault.wrongResult("ends") }
        }
        try await comparison.measure("messages to deliver: none", samples: 50, batch: 10) { side, _ in
            let now = side.subject.clock.now
            let isDue = try await side.subject.store.read { (transaction: any MessagingTransaction) in
                try transaction.hasDueMessages(at: now, perFlow: 8)
            }
            guard !isDue else { throw BenchFault.wrongResult("messages") }
        }
        try await comparison.measure("the page of metrics (API)", samples: 5) { side, _ in
            guard try await side.api.metrics().contains("rekey_ready") else { throw BenchFault.wrongResult("metrics") }
        }
    }

    private mutating func changes() async throws {
        try await comparison.measure("a certificate imported, told from all others", samples: 50) { side, turn in
            let subject = side.subject
            let (masterKey, now) = (subject.tenant.masterKey, subject.clock.now)
            let certificate = try Certificate.selfSigned(
                key: try PrivateKey.generate(.p256),
                subject: "CN=extra \(turn)",
                notBefore: now,
                notAfter: now.addingTimeInterval(300 * 86_400)
            )
            let alias = try KeyAlias("extra-\(UUID().uuidString.lowercased())")
            try await subject.store.write { (transaction: any KeystoreTransaction) in
                let keys = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "bench")
                let partner = try subject.size.partner(of: turn)
                _ = try keys.importCertificate(alias: alias, chain: [certificate], partner: partner)
            }
        }
        try await comparison.measure("the keyring after a change", samples: 50) { side, _ in
            let subject = side.subject
            let (masterKey, now) = (subject.tenant.masterKey, subject.clock.now)
            let alias = try KeyAlias("own-\(UUID().uuidString.lowercased())")
            try await subject.store.write { (transaction: any KeystoreTransaction) in
                _ = try KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "bench")
                    .create(alias: alias, kind: .p256, subject: "CN=own", validity: .seconds(300 * 86_400))
            }
            _ = try await subject.tenant.runtime.acknowledgeGeneration()
        }
    }
}
