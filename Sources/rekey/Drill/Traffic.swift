import Foundation
import ManagementAPI
import PartnerSystem

/// The messages that the senders send through the tenant.
struct Traffic: Sendable {
    /// The systems.
    let stage: Stage

    /// Makes every sender send.
    func start() async throws {
        for lane in stage.lanes {
            try await stage.control(lane.sender).setSending(true)
        }
    }

    /// Stops every sender; returns when none of their attempts is open any more.
    func stop() async throws {
        for lane in stage.lanes {
            try await stage.control(lane.sender).setSending(false)
        }
    }

    /// Keeps the wire empty while `act` moves the clock: nothing real outlives a leap of ninety days on its way.
    ///
    /// Senders that did not send before stay silent after it.
    func pause(while act: () async throws -> Void) async throws {
        var sending: [PartnerControlClient] = []
        for lane in stage.lanes {
            let control = try await stage.control(lane.sender)
            guard try await control.status().sending else { continue }
            try await control.setSending(false)
            sending.append(control)
        }
        try await settle()
        try await act()
        for control in sending {
            try await control.setSending(true)
        }
    }

    /// Waits until the tenant has delivered what it stored for deployed flows.
    func settle(within bound: Duration = .seconds(60)) async throws {
        let administrator = stage.administrator
        try await Patience.wait(for: "stored messages to be delivered", within: bound) {
            let deployed = try await Set(administrator.flows().filter { $0.status == "deployed" }.map(\.id))
            return try await administrator.messageSummary()
                .allSatisfy { summary in
                    summary.inFlight == 0 && (summary.stored == 0 || !deployed.contains(summary.flow))
                }
        }
    }

    /// Waits until `count` more messages of `lane` have ended well.
    func wait(forMore count: Int, in lane: Lane) async throws {
        let control = try await stage.control(lane.sender)
        let before = try await control.status().counters
        try await Patience.wait(for: "\(count) more messages of \(lane.sender)", within: .seconds(60)) {
            let now = try await control.status().counters
            return now.answered + now.accepted + now.failed
                >= before.answered + before.accepted + before.failed + count
        }
    }
}
