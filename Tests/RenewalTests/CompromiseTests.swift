import Foundation
import Keystore
import Renewal
import StoreSQLite
import TestSupport
import Testing

/// A key that others know: given up at once, with what that loses said beforehand.
@Suite struct CompromiseTests {
    private func declare(
        _ world: World,
        _ number: Int = 1,
        by person: Actor = People.tina
    ) async throws -> CompromiseAnswer {
        try await world.engine.compromise(
            KeyVersionID(alias: world.alias, number: number),
            usages: try world.usages,
            reason: "The file was mailed.",
            by: person
        )
    }

    /// Said by one person, and by a second one where that loses messages.
    private func giveUp(_ world: World, _ number: Int = 1) async throws -> CompromiseAnswer {
        let first = try await declare(world, number)
        return first.isDone ? first : try await declare(world, number, by: People.tom)
    }

    private func forecast(_ world: World, _ number: Int = 1) async throws -> CompromiseForecast {
        let id = KeyVersionID(alias: world.alias, number: number)
        return try await world.engine.forecastCompromise(of: id, usages: try world.usages, by: People.tina)
    }

    @Test("The forecast changes nothing, and names who still uses the version and what has no successor")
    func forecasts() async throws {
        let world = try await World(.tenantDecryptsInboundRequest, .dual)
        try await world.traffic(20)
        let forecast = try await forecast(world)
        #expect(forecast.users.map(\.partner.rawValue) == ["sender"])
        #expect(forecast.losses.contains { $0.contains("sender still protects with it") })
        #expect(forecast.needsSecondPerson)
        #expect(try await world.versions().map(\.state) == [.active])
    }

    @Test("Where messages would be lost two persons are needed; then the version neither protects nor processes")
    func twoPersons() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.traffic(20)
        let first = try await declare(world)
        #expect(!first.isDone)
        #expect(first.forecast.losses.contains { $0.contains("No other version can take its place") })
        #expect(try await world.versions().map(\.state) == [.active])
        let again = await #expect(throws: RenewalRefusal.self) { try await declare(world) }
        #expect(again?.code == .samePerson)
        let second = try await declare(world, by: People.tom)
        #expect(second.isDone)
        #expect(second.requestedBy == People.tina.name)
        #expect(try await world.versions().map(\.state) == [.compromised])
        let reasons = try await world.store.read { (transaction: any KeystoreTransaction) in
            try transaction.auditEntries(of: "key.compromise-reason", after: 0, limit: 10)
        }
        #expect(reasons.map(\.detail) == ["The file was mailed."])
    }

    @Test("When it is answered, the node serves without the version already")
    func inForce() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        #expect(try await giveUp(world).isDone)
        let store: any RenewalStore = world.store
        #expect(try await store.read { try $0.generation() } == world.node.servedGeneration)
    }

    @Test("A first word that is older than an hour counts no more")
    func expires() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        _ = try await declare(world)
        world.clock.advance(by: .seconds(3_601))
        #expect(try await !declare(world, by: People.tom).isDone)
        #expect(try await world.versions().map(\.state) == [.active])
    }

    @Test("A first word about another key counts for that one alone")
    func otherKey() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        _ = try await declare(world)
        let alias = try KeyAlias("sign-sender")
        let usage = KeyUsage(
            alias: alias,
            purpose: .sign,
            flow: "orders",
            side: .inbound,
            partner: try PartnerID("sender")
        )
        let answer = try await world.engine.compromise(
            KeyVersionID(alias: alias, number: 1),
            usages: [usage],
            reason: "The file was mailed.",
            by: People.tom
        )
        #expect(!answer.isDone && answer.requestedBy == People.tom.name)
    }

    @Test("Who used it long ago loses nothing, what is under way may; an expired version takes no place")
    func forecastFacts() async throws {
        let world = try await World(.tenantDecryptsInboundRequest, .dual)
        try await world.traffic(20)
        try await world.underWay(KeyVersionID(alias: world.alias, number: 1), true)
        #expect(try await forecast(world).losses.contains("1 message(s) under way with it may be refused."))
        world.clock.advance(by: .seconds(86_401))
        let later = try await forecast(world)
        #expect(later.users.isEmpty && !later.losses.contains { $0.contains("still protects") })
        let signing = try await World(.tenantSignsOutboundRequest, .dual)
        try await signing.begin()
        try await signing.carryOut { $0.newVersion != nil }
        #expect(try await forecast(signing).successor?.number == 2)
        let end = try #require(try await signing.versions().last?.validity?.upperBound)
        signing.clock.set(to: end.addingTimeInterval(1))
        #expect(try await forecast(signing).successor == nil)
    }

    @Test("A staged version takes the place at once; the renewal ends, and everybody is told with the certificate")
    func successor() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut { $0.newVersion != nil }
        let answer = try await giveUp(world)
        #expect(answer.isDone)
        #expect(answer.forecast.successor?.number == 2)
        #expect(try await world.versions().map(\.state) == [.compromised, .active])
        #expect(try await world.show().status == .compromised)
        for person in [People.tina, People.rita] {
            let told = try await world.engine.notifications(for: person).last
            #expect(told?.text.contains("version 1 is compromised: The file was mailed.") == true)
            #expect(told?.attachments.first?.name.hasSuffix("-2.pem") == true)
        }
        try await Invariants.check(world)
    }

    @Test("A compromised new version gives the old one its place back")
    func newVersion() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut { $0.exchangedAt != nil }
        let forecast = try await forecast(world, 2)
        #expect(forecast.successor?.number == 1)
        #expect(try await giveUp(world, 2).isDone)
        #expect(try await world.versions().map(\.state) == [.active, .compromised])
        try await Invariants.check(world)
    }

    @Test("A compromised version that a renewal has nothing to do with leaves it as it is")
    func thirdVersion() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut { $0.status == .retaining }
        let former = world.id
        try await world.begin()
        try await world.carryOut { $0.newVersion != nil }
        #expect(try await giveUp(world).isDone)
        #expect(try await world.versions().map(\.state) == [.compromised, .active, .staged])
        #expect(try await world.show().status == .running)
        #expect(try await world.engine.show(former).status == .compromised)
    }

    @Test(
        "At every position of a renewal a compromise leaves one version that protects, or none, and a journal that folds",
        arguments: WalkTests.procedures
    )
    func everyPosition(_ useCase: UseCaseName, _ variant: Variant) async throws {
        let keys: PartnerCapability.Keys = variant == .single ? .single : .dual
        let world = try ModelWorld(
            Topology([useCase], sender: keys, receiver: keys),
            masterKey: .generate(),
            certificates: Certificates.ofPartners(4)
        )
        try await world.carryOut(.begin(key: 0, choice: 0, person: 1))
        var positions = 0
        try await world.followThrough {
            positions += 1
            try await giveActiveUp(ModelWorld(forking: world))
        }
        #expect(positions > 5)
        #expect(try world.renewal(0)?.status == .completed)
    }

    private func giveActiveUp(_ world: ModelWorld) async throws {
        let alias = world.topology.aliases[0]
        let active = try #require(world.store.contents.versions[alias]?.first { $0.state == .active })
        let isOver = try world.renewal(0)?.status.isFinal == true
        var answer: CompromiseAnswer?
        for person in world.people.prefix(2) where answer?.isDone != true {
            answer = try await world.engine.compromise(
                active.id,
                usages: world.topology.usages(of: alias),
                reason: "The file was mailed.",
                by: person
            )
        }
        let after = try #require(world.store.contents.versions[alias])
        #expect(after.first { $0.id == active.id }?.state == .compromised)
        #expect(after.first { $0.state == .active }?.id == answer?.forecast.successor)
        #expect(after.count { $0.state == .active } <= 1)
        #expect(world.store.contents.assignments.isEmpty)
        #expect(try isOver || world.renewal(0)?.status == .compromised)
    }

    @Test("A partner's administrator cannot, and a destroyed version cannot any more")
    func refusals() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        let foreign = await #expect(throws: RenewalRefusal.self) { try await declare(world, by: People.rita) }
        #expect(foreign?.code == .wrongRole)
        let unknown = await #expect(throws: RenewalRefusal.self) { try await declare(world, 9) }
        #expect(unknown?.code == .keystore)
    }

    @Test("Without a renewal everybody whose system uses the key is told, by the outbox of the same transaction")
    func informs() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        _ = try await declare(world)
        #expect(try await world.engine.notifications(for: People.rita).isEmpty)
        #expect(try await declare(world, by: People.tom).isDone)
        let told = try #require(try await world.engine.notifications(for: People.rita).last)
        let version = try #require(try await world.versions().first)
        #expect(told.key == version.id && told.subject == "The key \(version.id) is compromised")
        for part in ["The file was mailed.", try #require(version.fingerprint), "No version takes its place yet"] {
            #expect(told.text.contains(part), "\(told.text)")
        }
        let store: any RenewalStore = world.store
        let waiting = try await store.read { try $0.undistributedNotifications(limit: 100).map(\.id) }
        #expect(waiting.contains(told.id))
        await #expect(throws: RenewalRefusal.self) {
            _ = try await world.engine.acknowledge(told.id, by: People.tina)
        }
        let done = try await world.engine.acknowledge(told.id, by: People.rita)
        #expect(done.acknowledgedBy == People.rita.name)
        #expect(try await world.engine.acknowledge(told.id, by: People.rita) == done)
    }

    @Test("With a staged version its certificate goes along, and whom the renewal tells is not told twice")
    func informsOnce() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut { $0.newVersion != nil }
        _ = try await giveUp(world)
        for person in [People.tina, People.rita] {
            let told = try await world.engine.notifications(for: person).filter { $0.text.contains("is compromised") }
            #expect(told.count == 1 && told.allSatisfy { $0.key == nil })
        }
    }
}
