import Cryptography
import Foundation
import Keystore
import Messaging
import StoreSQLite

/// Fills an empty store through the ports that the program uses, so that nothing is there that it would not write.
struct Filling: Sendable {
    private static let batchLength = 500

    let store: SQLiteStore
    let masterKey: MasterKey
    let size: Size
    let now: Date

    func run() async throws {
        for start in stride(from: 0, to: size.flows, by: Self.batchLength) {
            let range = start..<min(start + Self.batchLength, size.flows)
            let flows = try range.map { try size.flow($0) }
            try await store.write { (transaction: any KeystoreTransaction) in
                let keys = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "bench")
                for number in range { try makeKeys(of: number, keys) }
            }
            try await store.write { (transaction: any MessagingTransaction) in
                for flow in flows {
                    try transaction.save(FlowRecord(flow: flow, status: .deployed))
                    try transaction.add(counters(of: flow))
                }
            }
        }
    }

    /// A key pair of its own for each alias: with shared ones, the look for certificates of the same key would find all.
    private func makeKeys(of number: Int, _ keys: KeyOperations) throws {
        let validity = Duration.seconds((100 + number % 300) * 86_400)
        for purpose in ["sign", "decrypt"] {
            let alias = try size.alias(purpose, of: number)
            _ = try keys.create(alias: alias, kind: .p256, subject: "CN=\(alias)", validity: validity)
        }
        for purpose in ["verify", "encrypt", "reply"] {
            let alias = try size.alias(purpose, of: number)
            let certificate = try Certificate.selfSigned(
                key: try PrivateKey.generate(.p256),
                subject: "CN=\(alias)",
                notBefore: now,
                notAfter: now.addingTimeInterval(Double(validity.components.seconds))
            )
            _ = try keys.importCertificate(alias: alias, chain: [certificate], partner: size.partner(of: number))
        }
    }

    private func counters(of flow: IntegrationFlow) -> [KeyUseCounter] {
        flow.uses.map { use in
            KeyUseCounter(
                account: KeyUse.Account(
                    version: KeyVersionID(alias: use.alias, number: 1),
                    purpose: use.purpose,
                    flow: use.flow,
                    partner: use.partner,
                    side: use.side,
                    outcome: .succeeded
                ),
                tally: Tally(count: 1_000, firstAt: now, lastAt: now)
            )
        }
    }
}
