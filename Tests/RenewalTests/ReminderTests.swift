import Foundation
import Keystore
import Renewal
import StoreSQLite
import TestSupport
import Testing

/// Reminders and escalation: by deadlines, once each.
@Suite struct ReminderTests {
    private let day = Duration.seconds(86_400)

    private func subjects(_ world: World, _ person: Actor, _ word: String) async throws -> [RenewalNotification] {
        try await world.engine.notifications(for: person).filter { $0.subject.hasPrefix(word) }
    }

    @Test(
        "An open step's role is reminded three days and one day before its deadline; the administrators hear of it after"
    )
    func openStep() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut(until: "3-configure-partner")
        let deadline = try #require(try await world.state().progress(of: "3-configure-partner").deadline)
        var seen: [[Int]] = []
        for hours in [-73, -71, -25, -23, 1, 25, 73] {
            world.clock.set(to: deadline.addingTimeInterval(Double(hours) * 3_600))
            for _ in 0..<2 { try await world.engine.tick() }
            seen.append(
                try await [
                    subjects(world, People.rita, "Reminder").count, subjects(world, People.tina, "Late").count,
                ]
            )
        }
        #expect(seen == [[0, 0], [1, 0], [1, 0], [2, 0], [2, 0], [2, 1], [2, 2]])
        try await Invariants.check(world)
    }

    @Test("A clock that jumps brings one reminder, not all")
    func jump() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut(until: "3-configure-partner")
        world.clock.advance(by: day * 30)
        try await world.engine.tick()
        #expect(try await subjects(world, People.rita, "Reminder").count == 1)
        #expect(try await subjects(world, People.tina, "Late").count == 1)
    }

    @Test(
        "A notification that nobody acknowledges is sent again with its certificate; reading the reminder acknowledges it"
    )
    func unread() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.claim("1-create-key-pair", People.tina)
        try await world.claim("2-provide-certificate", People.tina)
        let original = try #require(try await world.engine.notifications(for: People.rita).last)
        world.clock.advance(by: day * 5)
        try await world.engine.tick()
        let reminder = try #require(try await subjects(world, People.rita, "Reminder").first)
        #expect(reminder.attachments == original.attachments && !original.attachments.isEmpty)
        #expect(reminder.fullText.contains("SHA-256 fingerprint"))
        _ = try await world.engine.acknowledge(reminder.id, by: People.rita)
        let state = try await world.state()
        #expect(state.progress(of: "2-provide-certificate").state == .verified)
        let unread = try await world.engine.notifications(for: People.rita).filter { $0.acknowledgedAt == nil }
        #expect(unread.isEmpty)
    }
}
