import Keystore
import Synchronization

/// The flows that this process serves, by name and by path.
final class FlowTable: Sendable {
    /// A flow with its door.
    ///
    /// The door stays the same when the flow is redeployed.
    struct Entry: Sendable {
        let flow: IntegrationFlow
        let gate: FlowGate
    }

    private struct Maps {
        var byID: [FlowID: Entry] = [:]
        var byPath: [String: FlowID] = [:]
        var byAlias: [KeyAlias: Set<FlowID>] = [:]
        var byPartner: [PartnerID: Set<FlowID>] = [:]
        /// The names in order; `nil` since a flow was added.
        var sorted: [FlowID]?
        var revision = 0

        mutating func add(_ flow: IntegrationFlow, _ gate: FlowGate) {
            for partner in flow.partners { byPartner[partner, default: []].insert(flow.id) }
            for alias in flow.aliases { byAlias[alias, default: []].insert(flow.id) }
            if byID[flow.id] == nil { sorted = nil }
            byID[flow.id] = Entry(flow: flow, gate: gate)
            byPath[flow.sender.path] = flow.id
        }
    }

    private let maps = Mutex(Maps())

    var entries: [Entry] { first(.max).entries }

    /// The first `limit` flows by name, and how many there are; takes the same time however many come after these.
    func first(_ limit: Int) -> (entries: [Entry], count: Int) {
        let names = sortedNames()
        return maps.withLock { maps in (names.prefix(limit).compactMap { maps.byID[$0] }, names.count) }
    }

    /// Sorts beside the traffic, and only after a flow was added.
    private func sortedNames() -> [FlowID] {
        let (sorted, names) = maps.withLock { ($0.sorted, $0.sorted == nil ? Array($0.byID.keys) : []) }
        if let sorted { return sorted }
        let made = names.sorted { $0.rawValue < $1.rawValue }
        // One that was added meanwhile is not among these.
        maps.withLock { if $0.byID.count == made.count { $0.sorted = made } }
        return made
    }

    func entry(_ id: FlowID) -> Entry? { maps.withLock { $0.byID[id] } }

    /// The flows that name `alias` for their messages or their connections, by name; takes the same time however many
    /// flows there are.
    func entries(naming alias: KeyAlias) -> [Entry] {
        maps.withLock { maps in
            (maps.byAlias[alias] ?? []).sorted { $0.rawValue < $1.rawValue }.compactMap { maps.byID[$0] }
        }
    }

    /// The flows with this partner at one end; takes the same time however many others there are.
    func entries(with partner: PartnerID) -> [Entry] {
        maps.withLock { maps in (maps.byPartner[partner] ?? []).compactMap { maps.byID[$0] } }
    }

    /// Grows whenever a flow is taken in, or has another status.
    var revision: Int { maps.withLock { $0.revision } }

    /// The flow at `path`, or the one whose sender tries keys out there.
    func entry(path: String) -> Entry? {
        maps.withLock { maps in
            if let id = maps.byPath[path] { return maps.byID[id] }
            let tested = SenderChannel.path(ofSelfTest: path)
            let entry = tested.flatMap { maps.byPath[$0] }.flatMap { maps.byID[$0] }
            return entry?.flow.sender.allowsSelfTest == true ? entry : nil
        }
    }

    /// The flow that has `path`, unless it is `id` itself.
    func owner(ofPath path: String, except id: FlowID) -> FlowID? {
        maps.withLock { $0.byPath[path] }.flatMap { $0 == id ? nil : $0 }
    }

    /// Takes a flow in that was read from the store, unless it is here: what is here was written since, or is the same.
    func take(_ record: FlowRecord) {
        maps.withLock { maps in
            guard maps.byID[record.flow.id] == nil else { return }
            maps.add(record.flow, FlowGate(status: record.status))
            maps.revision += 1
        }
    }

    /// Takes the flow in, or replaces the one of its name: exchanges under way go on with the flow that they came in
    /// by.
    func put(_ flow: IntegrationFlow, status: FlowStatus) {
        let gate = maps.withLock { maps in
            let former = maps.byID[flow.id]
            let gate = former?.gate ?? FlowGate(status: status)
            if let former {
                maps.byPath[former.flow.sender.path] = nil
                for alias in former.flow.aliases { maps.byAlias[alias]?.remove(flow.id) }
                for partner in former.flow.partners { maps.byPartner[partner]?.remove(flow.id) }
            }
            maps.add(flow, gate)
            return gate
        }
        gate.set(status)
        maps.withLock { $0.revision += 1 }
    }

    /// Opens or closes the door of a flow.
    func set(_ status: FlowStatus, of entry: Entry) {
        entry.gate.set(status)
        maps.withLock { $0.revision += 1 }
    }
}

extension IntegrationFlow {
    /// The aliases that it names.
    var aliases: Set<KeyAlias> { Set(uses.map(\.alias) + transportUses.map(\.alias)) }

    /// Who is at its ends.
    fileprivate var partners: Set<PartnerID> { [sender.partner, receiver.partner] }
}
