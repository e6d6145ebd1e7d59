import Foundation
import Keystore
import Renewal
import Synchronization

/// What a renewal store keeps, as one value: a transaction works on a copy, and a commit puts it in place.
struct MemoryState: Sendable {
    struct Use: Hashable {
        var version: KeyVersionID
        var purpose: KeyUsage.Purpose
        var partner: PartnerID
        var flow: String
    }

    var versions: [KeyAlias: [KeyVersion]] = [:]
    var assignments: [KeyAssignment] = []
    var generation = 0
    var audit: [AuditEntry] = []
    var checkpoints: [AuditCheckpoint] = []
    /// In the order in which they were planned.
    var order: [RenewalID] = []
    var journals: [RenewalID: [JournalEntry]] = [:]
    var standings: [RenewalID: RenewalStanding] = [:]
    var notifications: [RenewalNotification] = []
    var uses: [Use: KeyUseTally] = [:]
    var capabilities: [CapabilityRecord] = []
    var deployed: Set<String> = []
    var arrivals: [String: Date] = [:]
}

/// A store in memory whose process may be killed before a commit, or right after it.
final class MemoryRenewalStore: RenewalStore {
    struct Killed: Error {}

    enum Kill: Sendable {
        case never
        case beforeCommit
        case afterCommit
    }

    private let state: Mutex<MemoryState>
    private let kill = Mutex(Kill.never)

    init(_ contents: MemoryState = MemoryState()) {
        state = Mutex(contents)
    }

    /// The committed state.
    var contents: MemoryState { state.withLock { $0 } }

    /// Kills the process at its next commit.
    func killNext(_ kill: Kill) { self.kill.withLock { $0 = kill } }

    /// What somebody else than the engine commits.
    func change(_ body: (inout MemoryState) -> Void) { state.withLock { body(&$0) } }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any RenewalTransaction) throws -> Result
    ) async throws -> Result {
        let kill = kill.withLock { kill in
            defer { kill = .never }
            return kill
        }
        return try state.withLock { state in
            let transaction = MemoryRenewalTransaction(state)
            let result = try body(transaction)
            if kill == .beforeCommit { throw Killed() }
            state = transaction.state
            if kill == .afterCommit { throw Killed() }
            return result
        }
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any RenewalTransaction) throws -> Result
    ) async throws -> Result {
        try body(MemoryRenewalTransaction(contents))
    }
}

/// One transaction over a copy of the state.
final class MemoryRenewalTransaction: RenewalTransaction {
    enum Refusal: Error { case duplicate, missing, gap }

    private(set) var state: MemoryState

    init(_ state: MemoryState) {
        self.state = state
    }

    func version(_ id: KeyVersionID) throws -> KeyVersion? { state.versions[id.alias]?.first { $0.id == id } }

    func versions(of alias: KeyAlias) throws -> [KeyVersion] { state.versions[alias] ?? [] }

    func allVersions() throws -> [KeyVersion] { state.versions.values.flatMap(\.self).sorted { $0.id < $1.id } }

    func versions(marked marks: [[UInt8]]) throws -> [KeyVersion] { [] }

    func insert(_ version: KeyVersion) throws {
        guard try self.version(version.id) == nil else { throw Refusal.duplicate }
        state.versions[version.id.alias, default: []].append(version)
    }

    func update(_ version: KeyVersion) throws {
        guard let index = state.versions[version.id.alias]?.firstIndex(where: { $0.id == version.id }) else {
            throw Refusal.missing
        }
        state.versions[version.id.alias]?[index] = version
    }

    func rename(_ alias: KeyAlias, to name: KeyAlias, at moment: Date) throws { throw Refusal.missing }

    func formerAliases() throws -> [KeyAlias: KeyAlias] { [:] }

    func assignments(of alias: KeyAlias) throws -> [KeyAssignment] {
        state.assignments.filter { $0.version.alias == alias }
    }

    func allAssignments() throws -> [KeyAssignment] { state.assignments }

    func setAssignment(_ assignment: KeyAssignment) throws {
        try removeAssignment(assignment)
        state.assignments.append(assignment)
    }

    func removeAssignment(_ assignment: KeyAssignment) throws {
        state.assignments.removeAll {
            $0.version.alias == assignment.version.alias && $0.partner == assignment.partner
        }
    }

    func generation() throws -> Int { state.generation }

    func bumpGeneration() throws -> Int {
        state.generation += 1
        return state.generation
    }

    func appendAudit(_ entry: AuditEntry) throws {
        guard entry.sequence == state.audit.count + 1 else { throw Refusal.gap }
        state.audit.append(entry)
    }

    func lastAuditEntry() throws -> AuditEntry? { state.audit.last }

    func auditEntries(after: Int, limit: Int) throws -> [AuditEntry] {
        Array(state.audit.dropFirst(after).prefix(limit))
    }

    func appendAuditCheckpoint(_ checkpoint: AuditCheckpoint) throws { state.checkpoints.append(checkpoint) }

    func lastAuditCheckpoint() throws -> AuditCheckpoint? { state.checkpoints.last }

    func auditCheckpoints(after: Int, limit: Int) throws -> [AuditCheckpoint] {
        Array(state.checkpoints.filter { $0.sequence > after }.prefix(limit))
    }

    func appendJournal(_ entry: JournalEntry) throws {
        if entry.sequence == 1 { state.order.append(entry.renewal) }
        guard entry.sequence == (state.journals[entry.renewal]?.count ?? 0) + 1 else { throw Refusal.gap }
        state.journals[entry.renewal, default: []].append(entry)
    }

    func journal(of renewal: RenewalID) throws -> [JournalEntry] { state.journals[renewal] ?? [] }

    func renewals() throws -> [RenewalID] { state.order }

    func save(_ standing: RenewalStanding) throws { state.standings[standing.id] = standing }

    func alertCounts() throws -> [RenewalAlert: Int] {
        state.standings.values.reduce(into: [:]) { $0.merge($1.alerts, uniquingKeysWith: +) }
    }

    func renewals(_ query: RenewalQuery) throws -> [RenewalStanding] {
        let found = state.order.compactMap { state.standings[$0] }
            .filter { standing in
                query.alias.map { standing.alias == $0 } ?? true
                    && query.partner.map(standing.partners.contains) ?? true
                    && query.flowKeptUndeployed.map(standing.flowsKeptUndeployed.contains) ?? true
                    && (query.statuses.isEmpty || query.statuses.contains(standing.status))
            }
        return Array(found.prefix(query.limit))
    }

    func dueRenewals(at now: Date, horizon: Date, limit: Int) throws -> [RenewalID] {
        state.order.filter { id in
            guard let look = state.standings[id]?.nextLookAt else { return false }
            return look <= now || look > horizon
        }
    }

    func insertNotification(_ notification: RenewalNotification) throws {
        guard try self.notification(notification.id) == nil else { throw Refusal.duplicate }
        state.notifications.append(notification)
    }

    func updateNotification(_ notification: RenewalNotification) throws {
        guard let index = state.notifications.firstIndex(where: { $0.id == notification.id }) else {
            throw Refusal.missing
        }
        state.notifications[index] = notification
    }

    func notification(_ id: RenewalNotification.ID) throws -> RenewalNotification? {
        state.notifications.first { $0.id == id }
    }

    func notifications(to addressee: Party) throws -> [RenewalNotification] {
        state.notifications.filter { $0.addressee == addressee }
    }

    func appendCapability(_ record: CapabilityRecord) throws { state.capabilities.append(record) }

    func capabilities(of partner: PartnerID?) throws -> [CapabilityRecord] {
        state.capabilities.filter { record in partner.map { $0 == record.partner } ?? true }
    }

    func keyUse(_ query: KeyUseQuery) throws -> KeyUseTally {
        if let purpose = query.purpose, let partner = query.partner, let flow = query.flow {
            let use = MemoryState.Use(version: query.version, purpose: purpose, partner: partner, flow: flow)
            return state.uses[use] ?? KeyUseTally()
        }
        var tally = KeyUseTally()
        for (use, counted) in state.uses where use.version == query.version {
            guard query.purpose.map({ $0 == use.purpose }) ?? true, query.partner.map({ $0 == use.partner }) ?? true,
                query.flow.map({ $0 == use.flow }) ?? true
            else { continue }
            tally.add(counted)
        }
        return tally
    }

    func openOperations(with version: KeyVersionID) throws -> Int { 0 }

    func openOperations(with version: KeyVersionID, on flows: [String]) throws -> Int { 0 }

    func openOperations(on flow: String) throws -> Int { 0 }

    func storedMessages(protectedWith version: KeyVersionID) throws -> Int { 0 }

    func undeliveredMessages(of flow: String) throws -> Int { 0 }

    func lastInboundArrival(on flow: String) throws -> Date? { state.arrivals[flow] }

    func isDeployed(_ flow: String) throws -> Bool { state.deployed.contains(flow) }
}
