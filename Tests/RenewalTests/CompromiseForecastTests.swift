import Cryptography
import Foundation
import Keystore
import Renewal
import StoreSQLite
import TestSupport
import Testing

@Suite("What giving a key up loses is said beforehand, also of those whom nobody saw lately")
struct CompromiseForecastTests {
    private func forecast(_ world: World, _ number: Int = 1) async throws -> CompromiseForecast {
        let id = KeyVersionID(alias: world.alias, number: number)
        return try await world.engine.forecastCompromise(of: id, usages: try world.usages, by: People.tina)
    }

    private func giveUp(_ world: World, _ number: Int) async throws {
        for person in [People.tina, People.tom] {
            let id = KeyVersionID(alias: world.alias, number: number)
            let usages = try world.usages
            let answer = try await world.engine.compromise(id, usages: usages, reason: "It was mailed.", by: person)
            if answer.isDone { return }
        }
    }

    private func configured(_ view: RenewalView) -> Bool {
        view.steps.contains { $0.kind == .configurePartner && $0.state == .verified }
    }

    @Test("A partner that was quiet for days and protects with it loses messages all the same", arguments: [0, 20])
    func quiet(messages: Int) async throws {
        let world = try await World(.tenantDecryptsInboundRequest, .dual)
        if messages > 0 { try await world.traffic(messages) }
        world.clock.advance(by: .seconds(3 * 86_400))
        let forecast = try await forecast(world)
        #expect(forecast.users.isEmpty)
        #expect(forecast.losses.contains { $0.hasPrefix("sender was not seen in the last day and may still protect") })
        #expect(forecast.needsSecondPerson)
    }

    @Test("A quiet partner whose messages the new version takes over may refuse them")
    func quietReceiver() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut { $0.newVersion != nil }
        let forecast = try await forecast(world)
        #expect(
            forecast.losses == [
                "receiver was not seen in the last day and gets messages under version 2 from now on: what its system cannot "
                    + "handle yet it refuses."
            ]
        )
    }

    @Test("Who was seen to go on to another version loses nothing with the old one")
    func goneOn() async throws {
        let world = try await World(.tenantDecryptsInboundRequest, .dual)
        try await world.traffic(20)
        world.clock.advance(by: .seconds(1))
        try await world.begin()
        try await world.carryOut { view in view.steps.contains { $0.kind == .removeOld && $0.state == .open } }
        world.clock.advance(by: .seconds(3 * 86_400))
        #expect(try await world.versions().map(\.state) == [.retiring, .active])
        #expect(try await forecast(world).losses.isEmpty)
        #expect(try await !forecast(world, 2).losses.isEmpty)
    }

    /// Seed 609: the key also signs, so that its new version was only staged when the partner was told of it.
    @Test("A partner that was told of the new version may use it, although the old one was seen last")
    func told() async throws {
        let useCases: [UseCaseName] = [.tenantSignsOutboundRequest, .tenantDecryptsOutboundResponse]
        let world = try await World(useCases, sender: .dual, receiver: .dual)
        try await world.traffic(20)
        try await world.begin()
        try await world.carryOut { view in
            view.steps.contains {
                $0.kind == .configurePartner && $0.useCases == [.tenantDecryptsOutboundResponse] && $0.state == .open
            }
        }
        world.clock.advance(by: .seconds(3 * 86_400))
        #expect(try await world.versions().map(\.state) == [.active, .staged])
        let losses = try await forecast(world, 2).losses
        #expect(losses.contains { $0.hasPrefix("receiver was not seen in the last day and may still") }, "\(losses)")
    }

    @Test("A staged version that no partner was told of is given up by one person")
    func untold() async throws {
        let world = try await World(.tenantDecryptsInboundRequest, .dual)
        try await world.begin()
        try await world.carryOut { $0.newVersion != nil }
        #expect(try await forecast(world, 2).losses.isEmpty)
    }

    @Test("A sender that exchanged its certificate before the tenant's exchange handles the new key alone")
    func changedAlone() async throws {
        let world = try await World(.tenantSignsInboundResponse, .single)
        try await world.begin()
        try await world.carryOut(until: configured)
        #expect(try await world.versions().map(\.state) == [.active, .staged])
        let forecast = try await forecast(world, 2)
        let step = try #require(try await world.show().steps.first { $0.kind == .configurePartner }?.id)
        #expect(
            forecast.losses == [
                "sender has changed its system to it alone (\(step) of \(world.id)): it refuses messages under version 1 until it "
                    + "has gone back."
            ]
        )
        try await giveUp(world, 2)
        let told = try #require(try await world.engine.notifications(for: People.sam).last?.text)
        #expect(told.contains("Version 1 stays in use: keep it, or go back to it, in your system."), "\(told)")
        #expect(told.contains("Start sending again, as soon as the partner's system has version 1."), "\(told)")
    }

    @Test("A flow that stands still for the renewal is to be deployed again by whoever undeployed it")
    func standstill() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .single)
        try await world.begin()
        try await world.carryOut { view in view.steps.contains { $0.kind == .exchange && $0.state == .open } }
        try await giveUp(world, 1)
        let told = try #require(try await world.engine.notifications(for: People.dora).last?.text)
        #expect(told.contains("Deploy orders again, as soon as the partner's system has version 2."), "\(told)")
        let receiver = try #require(try await world.engine.notifications(for: People.rita).last?.text)
        #expect(!receiver.contains("Deploy"), "\(receiver)")
    }

    @Test("The version that a renewal brings to partners takes the place, not one that nobody knows")
    func successor() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut(until: configured)
        let (alias, masterKey, now) = (world.alias, world.masterKey, world.clock.now)
        try await world.store.write { (transaction: any KeystoreTransaction) in
            let keys = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "tina")
            _ = try keys.create(alias: alias, kind: .p256, subject: "CN=orders", validity: .seconds(365 * 86_400))
        }
        #expect(try await forecast(world).successor?.number == 2)
    }

    @Test("With the renewal its trials end: no message and no self-test tries the key out any more")
    func trials() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut(until: configured)
        let receiver = try PartnerID("receiver")
        _ = try await world.engine.setCanary(world.id, with: receiver, percent: 10, by: People.tina)
        #expect(!world.node.trials.canaries.isEmpty)
        try await giveUp(world, 2)
        #expect(world.node.trials.canaries.isEmpty)
    }
}
