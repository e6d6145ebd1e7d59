import Cryptography
import Foundation
import Keystore
import Messaging
import Renewal
import StoreSQLite

/// Fills an empty store through the ports that the program uses, so that nothing is there that it would not write.
struct Filling {
    private static let batch = 500

    let store: SQLiteStore
    let masterKey: MasterKey
    let size: Size
    let now: Date

    func run() async throws {
        for start in stride(from: 0, to: size.flows, by: Self.batch) {
            let range = start..<min(start + Self.batch, size.flows)
            let records = try range.map { FlowRecord(flow: try size.flow($0), status: .deployed) }
            let (size, masterKey, now) = (size, masterKey, now)
            try await store.write { (transaction: any KeystoreTransaction) in
                let keys = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "bench")
                for number in range { try Self.makeKeys(of: number, size, keys, now) }
            }
            try await store.write { (transaction: any MessagingTransaction) in
                for record in records {
                    try transaction.save(record)
                    try transaction.add(Self.counters(of: record.flow, now))
                }
            }
        }
    }

    private static func makeKeys(of number: Int, _ size: Size, _ keys: KeyOperations, _ now: Date) throws {
        for purpose in ["sign", "decrypt"] {
            let alias = try size.alias(purpose, of: number)
            let validity = Duration.seconds(365 * 86_400)
            _ = try keys.create(alias: alias, kind: .p256, subject: "CN=\(alias)", validity: validity)
        }
        for purpose in ["verify", "encrypt", "reply"] {
            let alias = try size.alias(purpose, of: number)
            let certificate = try Certificate.selfSigned(
                key: try PrivateKey.generate(.p256),
                subject: "CN=\(alias)",
                notBefore: now,
                notAfter: now.addingTimeInterval(365 * 86_400)
            )
            _ = try keys.importCertificate(alias: alias, chain: [certificate], partner: size.partner(of: number))
        }
    }

    private static func counters(of flow: IntegrationFlow, _ now: Date) -> [KeyUseCounter] {
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
