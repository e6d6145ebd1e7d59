import Keystore
import Renewal
import TestSupport
import Testing

/// Two downtimes that need the same flow, or the same sender, to stand still.
@Suite struct StandstillTests {
    private static let resumptions: Set<StepKind> = [.deployFlow, .startSending]

    @Test(
        "Traffic goes on when the last of several downtimes is over, and nothing is lost",
        arguments: [
            [UseCaseName.tenantSignsOutboundRequest, .tenantEncryptsOutboundRequest],
            [.tenantSignsInboundResponse, .tenantEncryptsInboundResponse],
        ]
    )
    func twoDowntimes(_ useCases: [UseCaseName]) async throws {
        let world = try ModelWorld(
            Topology(useCases, sender: .single, receiver: .single),
            masterKey: .generate(),
            certificates: Certificates.ofPartners(4)
        )
        for key in 0..<2 { try await world.carryOut(.begin(key: key, choice: 0, person: 1)) }
        // The second stops in the middle of its downtime: one side has changed its key, the other has not.
        try await go(1, in: world) { Self.isHalfway($0) }
        try await go(0, in: world) { _ in false }
        let first = try #require(try world.renewal(0))
        let resumption = try #require(first.plan.steps.first { Self.resumptions.contains($0.kind) })
        #expect([.waiting, .open].contains(first.progress(of: resumption.id).state))
        let refusal = await #expect(throws: RenewalRefusal.self) {
            let person = try #require(world.people.first { $0.holds(resumption.by) })
            _ = try await world.engine.claim(resumption.id, of: first.id, by: person)
        }
        #expect(refusal?.reason.contains("\(try #require(try world.renewal(1)).id)") == true)
        for renewal in [1, 0, 1, 0] { try await go(renewal, in: world) { _ in false } }
        for renewal in 0..<2 { #expect(try world.renewal(renewal)?.status == .completed) }
        #expect(world.losses.isEmpty)
        try ModelInvariants(world: world).check(isThorough: true)
    }

    @Test("A downtime that the system takes back lets no traffic into another's")
    func takenBack() async throws {
        let world = try ModelWorld(
            Topology(
                [.tenantSignsOutboundRequest, .tenantEncryptsOutboundRequest],
                sender: .single,
                receiver: .single
            ),
            masterKey: .generate(),
            certificates: Certificates.ofPartners(4)
        )
        for key in 0..<2 { try await world.carryOut(.begin(key: key, choice: 0, person: 1)) }
        try await go(1, in: world) { Self.isHalfway($0) }
        try await go(0, in: world) { state in
            state.steps(.agreeDowntime).contains { state.progress(of: $0.id).state == .open }
        }
        try await world.carryOut(.proposeWindow(renewal: 0, downtime: 0, seconds: 3600, isAccepted: true))
        try await go(0, in: world) { Self.hasBegun([.undeployFlow], $0) }
        let flows = try #require(try world.renewal(0)).steps(.undeployFlow).flatMap(\.flows)
        #expect(!flows.isEmpty && world.store.contents.deployed.isDisjoint(with: flows))
        for act in [ModelAction.wait(seconds: 3600), .tick, .tick] { try await world.carryOut(act) }
        #expect(try world.renewal(0)?.isOver == true, "nobody confirmed the new key before the agreed end")
        #expect(world.store.contents.deployed.isDisjoint(with: flows), "the second renewal's downtime goes on")
        try await go(1, in: world) { _ in false }
        try await world.carryOut(.tick)
        #expect(world.store.contents.deployed.isSuperset(of: flows))
        #expect(world.losses.isEmpty)
        try ModelInvariants(world: world).check(isThorough: true)
    }

    private static func isHalfway(_ state: RenewalState) -> Bool {
        hasBegun([.exchange, .configurePartner], state)
    }

    private static func hasBegun(_ kinds: [StepKind], _ state: RenewalState) -> Bool {
        kinds.flatMap(state.steps).contains { ![.waiting, .open].contains(state.progress(of: $0.id).state) }
    }

    /// Everyone does what is theirs in one renewal under traffic, until `isEnough` or until nothing more can be done.
    private func go(_ number: Int, in world: ModelWorld, until isEnough: (RenewalState) -> Bool) async throws {
        var (length, idle) = (0, 0)
        for round in 0..<200 {
            guard let state = try world.renewal(number), !state.status.isFinal, !isEnough(state), idle < 12 else {
                return
            }
            (length, idle) = (state.lastSequence, state.lastSequence == length ? idle + 1 : 0)
            let acts: [ModelAction] = [
                .acknowledge(reader: 0), .claimOpen(renewal: number, step: 0, person: round), .traffic(messages: 5),
                .tick, .wait(seconds: 61),
            ]
            for act in acts { try await world.carryOut(act) }
            if try world.renewal(number)?.status == .retaining {
                try await world.carryOut(.wait(seconds: 91 * 86_400))
            }
        }
    }
}
