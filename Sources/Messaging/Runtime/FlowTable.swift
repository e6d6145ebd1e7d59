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
        var revision = 0
    }

    private let maps = Mutex(Maps())

    var entries: [Entry] {
        maps.withLock { $0.byID.values.sorted { $0.flow.id.rawValue < $1.flow.id.rawValue } }
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
            guard path.hasSuffix(SenderChannel.selfTestSuffix) else { return nil }
            let entry = maps.byPath[String(path.dropLast(SenderChannel.selfTestSuffix.count))].flatMap { maps.byID[$0] }
            return entry?.flow.sender.allowsSelfTest == true ? entry : nil
        }
    }

    /// The flow that has `path`, unless it is `id` itself.
    func owner(ofPath path: String, except id: FlowID) -> FlowID? {
        maps.withLock { $0.byPath[path] }.flatMap { $0 == id ? nil : $0 }
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
            for partner in flow.partners { maps.byPartner[partner, default: []].insert(flow.id) }
            for alias in flow.aliases { maps.byAlias[alias, default: []].insert(flow.id) }
            maps.byID[flow.id] = Entry(flow: flow, gate: gate)
            maps.byPath[flow.sender.path] = flow.id
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
