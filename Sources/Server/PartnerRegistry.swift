import FoundationEssentials
package import Keystore
package import Renewal
import Synchronization

/// What is known of the partners' systems: from the configuration, and from changes that the audit log keeps.
package final class PartnerRegistry: Sendable {
    /// A partner's system.
    package struct Partner: Hashable, Sendable {
        /// The direction of its exchanges.
        package enum Role: String, Hashable, Sendable, CaseIterable {
            case sender
            case receiver
        }

        /// Its name; also the organisation of its administrators.
        package let id: PartnerID
        /// How many keys its system handles at once.
        package let keys: PartnerCapability.Keys
        /// Whether it sends to the tenant or receives.
        package let role: Role

        /// A partner that handles so many keys at once.
        package init(id: PartnerID, keys: PartnerCapability.Keys, role: Role) {
            self.id = id
            self.keys = keys
            self.role = role
        }
    }

    private static let action = "partner.capability"
    private static let pageLength = 1000

    private let store: any KeystoreStore
    private let partners: Mutex<[PartnerID: Partner]>

    /// The configured partners, with the changes that were audited since; the last one of a partner holds.
    package init(configured: [Partner], store: any KeystoreStore) async throws {
        self.store = store
        let changes = try await store.read { transaction in
            var changes: [Partner] = []
            var last = 0
            while true {
                let page = try transaction.auditEntries(of: Self.action, after: last, limit: Self.pageLength)
                guard let end = page.last else { return changes }
                changes += page.compactMap(Partner.init(audited:))
                last = end.sequence
            }
        }
        partners = Mutex(Dictionary((configured + changes).map { ($0.id, $0) }, uniquingKeysWith: { $1 }))
    }

    /// All partners, by id.
    package var all: [Partner] {
        partners.withLock { $0.values.sorted { $0.id < $1.id } }
    }

    /// One partner; `nil` when there is none of that name.
    package func partner(_ id: PartnerID) -> Partner? { partners.withLock { $0[id] } }

    /// Refuses a name that no partner has: a key that is given to it would be nobody's, under a name that is taken for ever.
    func require(_ id: PartnerID) throws(Refusal) {
        guard partner(id) != nil else { throw .unknownPartner(id) }
    }

    /// What the planner asks of a partner; `nil` when there is none of that name.
    package func capability(of id: PartnerID) -> PartnerCapability? {
        partner(id).map { PartnerCapability(partner: $0.id, keys: $0.keys) }
    }

    /// Registers or changes a partner, durably.
    func set(_ partner: Partner, by actor: Actor, at now: Date) async throws {
        try await store.write { transaction in
            try transaction.audit(
                at: now,
                actor: actor.description,
                action: Self.action,
                subject: partner.id.rawValue,
                detail: partner.audited
            )
        }
        partners.withLock { $0[partner.id] = partner }
    }
}

extension PartnerRegistry.Partner {
    fileprivate var audited: String { "\(role.rawValue) \(keys.rawValue)" }

    fileprivate init?(audited entry: AuditEntry) {
        let words = entry.detail.split(separator: " ").map(String.init)
        guard
            words.count == 2,
            let id = PartnerID(rawValue: entry.subject),
            let role = Role(rawValue: words[0]),
            let keys = PartnerCapability.Keys(rawValue: words[1])
        else { return nil }
        self.init(id: id, keys: keys, role: role)
    }
}
