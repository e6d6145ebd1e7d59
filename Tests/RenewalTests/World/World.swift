import Cryptography
import Foundation
import Keystore
import Messaging
import Renewal
import StoreSQLite
import TestSupport

/// A tenant with two flows over a real store, and the partners on the other side of it.
///
/// Only the partners' systems and the traffic are played: traffic writes to the ledger what the runtime would.
final class World {
    /// The cases whose one alias is renewed.
    let useCases: [UseCaseName]
    /// What the partners' systems can do.
    let capabilities: [PartnerCapability]
    let clock = SimulatedClock()
    let store: SQLiteStore
    let masterKey: MasterKey
    /// What the partners keep of the key pairs whose certificates the tenant has, by alias.
    let partnerKeys: [String: PrivateKey]
    let node: Node
    let alias: KeyAlias
    var settings = RenewalSettings()
    var mode = GuardMode.guarded
    /// Stands between engine and store where a test kills.
    var killer: Killer?
    /// Whether the sender sends.
    var isSending = true
    /// The version that the partner protects with, in the cases where the tenant verifies or decrypts.
    var partnerVersion = 1
    /// The renewal.
    var id = RenewalID(rawValue: "")

    private let folder: URL

    /// One case, with partners of the same capability.
    convenience init(_ useCase: UseCaseName, _ keys: PartnerCapability.Keys) async throws {
        try await self.init([useCase], sender: keys, receiver: keys)
    }

    /// Several cases whose flow uses one alias.
    init(
        _ useCases: [UseCaseName],
        sender: PartnerCapability.Keys,
        receiver: PartnerCapability.Keys
    ) async throws {
        self.useCases = useCases
        capabilities = [
            PartnerCapability(partner: try PartnerID("sender"), keys: sender),
            PartnerCapability(partner: try PartnerID("receiver"), keys: receiver),
        ]
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try SQLiteStore(path: folder.appending(path: "store.sqlite").path())
        masterKey = try MasterKey.generate()
        partnerKeys = try Dictionary(
            uniqueKeysWithValues: UseCaseName.allCases.map { (Flows.alias(of: $0), try PrivateKey.generate(.p256)) }
        )
        node = Node(store: store)
        alias = try KeyAlias(useCases.first.map(Flows.alias) ?? "")
        try await createKeys()
        try await node.save(try IntegrationFlow(yaml: Flows.orders(sharing: useCases)), .deployed)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// An engine that knows nothing but the store.
    var engine: RenewalEngine {
        RenewalEngine(
            store: killer ?? store as any RenewalStore,
            runtime: node,
            masterKey: masterKey,
            clock: clock,
            settings: settings,
            tenant: "tenant",
            mode: mode
        )
    }

    /// Plans and starts the renewal.
    func begin() async throws {
        id = try await engine.create(alias, usages: usages, capabilities: capabilities, by: People.tina).id
        _ = try await engine.start(id, by: People.tina)
    }

    /// Where the alias is used.
    var usages: [KeyUsage] {
        get throws {
            try useCases.map { useCase in
                KeyUsage(
                    alias: alias,
                    purpose: useCase.purpose,
                    flow: "orders",
                    side: useCase.side,
                    partner: try PartnerID(useCase.side == .inbound ? "sender" : "receiver")
                )
            }
        }
    }

    func versions() async throws -> [KeyVersion] {
        let alias = alias
        return try await store.read { (transaction: any KeystoreTransaction) in try transaction.versions(of: alias) }
    }

    func state() async throws -> RenewalState {
        try RenewalState(folding: try await engine.journal(of: id), of: id)
    }

    private func createKeys() async throws {
        let (masterKey, now, partnerKeys) = (masterKey, clock.now, partnerKeys)
        try await store.write { (transaction: any KeystoreTransaction) in
            let keys = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "set-up")
            for useCase in UseCaseName.allCases {
                let alias = try KeyAlias(Flows.alias(of: useCase))
                switch useCase.purpose {
                case .sign, .decrypt:
                    let validity = Duration.seconds(365 * 86_400)
                    _ = try keys.create(alias: alias, kind: .p256, subject: "CN=\(alias)", validity: validity)
                case .encrypt, .verify:
                    let partner = try PartnerID(useCase.side == .inbound ? "sender" : "receiver")
                    let certificate = try Certificates.make(alias.rawValue, of: partnerKeys[alias.rawValue], at: now)
                    _ = try keys.importCertificate(alias: alias, chain: [certificate], partner: partner)
                }
            }
        }
    }
}

/// Certificates that partners make.
enum Certificates {
    static func make(_ name: String, of key: PrivateKey? = nil, at now: Date) throws -> Certificate {
        try Certificate.selfSigned(
            key: try key ?? PrivateKey.generate(.p256),
            subject: "CN=\(name)",
            notBefore: now,
            notAfter: now.addingTimeInterval(365 * 86_400)
        )
    }
}
