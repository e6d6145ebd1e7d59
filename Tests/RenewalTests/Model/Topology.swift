import Foundation
import Keystore
import Renewal
import TestSupport

/// Flows, partners with what their systems can do, and which key is used where: made of a seed, or for certain cases.
struct Topology: CustomStringConvertible {
    /// Sender and receiver of each flow, by its number.
    private(set) var flows: [(name: String, sender: PartnerID, receiver: PartnerID)] = []
    private(set) var capabilities: [PartnerID: PartnerCapability.Keys] = [:]
    private(set) var usages: [KeyUsage] = []
    /// Whose each key is.
    private(set) var owners: [KeyAlias: KeyOwner] = [:]
    /// How a new key can be tried on each flow.
    private(set) var ways: [String: ProofWays] = [:]

    /// In a `sharing` one most flows sign, and all with the same key.
    init(_ random: inout SeededGenerator, sharing: Bool = false) throws {
        let senders = try (1...Int.random(in: 1...2, using: &random)).map { try PartnerID("sender-\($0)") }
        let receivers = try (1...Int.random(in: 1...3, using: &random)).map { try PartnerID("receiver-\($0)") }
        for partner in senders + receivers {
            capabilities[partner] = Bool.random(using: &random) ? .dual : .single
        }
        for number in 1...Int.random(in: 1...4, using: &random) {
            let sender = senders.randomElement(using: &random) ?? senders[0]
            let receiver = receivers.randomElement(using: &random) ?? receivers[0]
            flows.append(("flow-\(number)", sender, receiver))
        }
        for flow in flows { try addUsages(of: flow, sharing: sharing, &random) }
        if usages.isEmpty { try use(.sign, .outbound, flows[0], "own-1") }
        for flow in flows {
            let chance = { (random: inout SeededGenerator) in Int.random(in: 0..<5, using: &random) == 0 }
            ways[flow.name] = ProofWays(
                hasProbe: chance(&random),
                hasCanary: chance(&random),
                selfTestPath: chance(&random) ? "/in/\(flow.name)/self-test" : nil
            )
        }
    }

    /// One flow on which one key is used in each of the cases.
    init(
        _ useCases: [UseCaseName],
        sender: PartnerCapability.Keys,
        receiver: PartnerCapability.Keys,
        ways: ProofWays = ProofWays()
    ) throws {
        let flow = (name: "flow-1", sender: try PartnerID("sender-1"), receiver: try PartnerID("receiver-1"))
        flows = [flow]
        capabilities = [flow.sender: sender, flow.receiver: receiver]
        self.ways = [flow.name: ways]
        for useCase in useCases {
            let partner = useCase.side == .inbound ? flow.sender : flow.receiver
            let isOwn = useCase.purpose == .sign || useCase.purpose == .decrypt
            try use(useCase.purpose, useCase.side, flow, isOwn ? "own-1" : "\(partner)-key")
        }
    }

    /// The aliases that are used, in order.
    var aliases: [KeyAlias] { owners.keys.sorted() }

    func usages(of alias: KeyAlias) -> [KeyUsage] { usages.filter { $0.alias == alias } }

    var description: String {
        let keys = usages.map {
            "\($0.alias) \($0.purpose.rawValue)s \($0.side.rawValue) on \($0.flow) with \($0.partner)"
        }
        let partners = capabilities.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.rawValue)" }
        let trials = ways.sorted { $0.key < $1.key }
            .map { flow, ways in
                let names = [
                    ways.hasProbe ? "probe" : nil, ways.hasCanary ? "canary" : nil,
                    ways.selfTestPath.map { _ in "self-test" },
                ]
                return "\(flow) tries by \(names.compactMap(\.self))"
            }
        return (partners + keys + trials).joined(separator: "; ")
    }

    /// Each of the eight places of a flow is used or not; own keys are shared by several cases and partners.
    private mutating func addUsages(
        of flow: (name: String, sender: PartnerID, receiver: PartnerID),
        sharing: Bool,
        _ random: inout SeededGenerator
    ) throws {
        for side in KeyUsage.Side.allCases {
            let partner = side == .inbound ? flow.sender : flow.receiver
            for purpose in KeyUsage.Purpose.allCases {
                let isLikely = sharing && purpose == .sign
                guard Int.random(in: 0..<3, using: &random) < (isLikely ? 2 : 1) else { continue }
                switch purpose {
                case .sign where sharing: try use(purpose, side, flow, "own-1")
                case .sign, .decrypt: try use(purpose, side, flow, "own-\(Int.random(in: 1...2, using: &random))")
                case .verify, .encrypt: try use(purpose, side, flow, "\(partner)-key")
                }
            }
        }
    }

    private mutating func use(
        _ purpose: KeyUsage.Purpose,
        _ side: KeyUsage.Side,
        _ flow: (name: String, sender: PartnerID, receiver: PartnerID),
        _ name: String
    ) throws {
        let (alias, partner) = (try KeyAlias(name), side == .inbound ? flow.sender : flow.receiver)
        owners[alias] = purpose == .sign || purpose == .decrypt ? .tenant : .partner(partner)
        usages.append(KeyUsage(alias: alias, purpose: purpose, flow: flow.name, side: side, partner: partner))
    }
}
