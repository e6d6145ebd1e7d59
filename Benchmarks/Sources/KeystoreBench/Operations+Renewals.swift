import Foundation
import Keystore
import ManagementAPI
import Messaging
import Renewal
import Server

extension Operations {
    mutating func renewals() async throws {
        var begun = Row(name: "a renewal planned, started, its key made (API)")
        for side in [comparison.tenth, comparison.full] {
            for number in 0..<side.subject.size.renewals {
                let time = try await Self.begin(number, side)
                if side.subject.size.renewals == comparison.full.subject.size.renewals {
                    begun.full.add(time)
                } else {
                    begun.tenth.add(time)
                }
            }
        }
        comparison.add(begun)
        try await ticks()
        try await comparison.measure("which renewal holds an alias", samples: 50, batch: 10) { side, turn in
            let subject = side.subject
            let alias = try subject.size.alias("sign", of: turn % subject.size.renewals)
            guard try await subject.tenant.renewals.renewal(holding: alias) != nil else {
                throw BenchFault.wrongResult("holding")
            }
        }
        try await comparison.measure("plan of a renewal, others under way (API)", samples: 100) { side, turn in
            let size = side.subject.size
            let alias = try size.alias("sign", of: size.renewals + turn)
            _ = try await side.api.planRenewal(PlanRenewal(alias: alias.rawValue))
        }
        try await comparison.measure("a page of 20 renewals under way (API)", samples: 20) { side, _ in
            let expected = min(20, side.subject.size.renewals)
            guard try await side.api.renewals(state: "running", limit: 20).count == expected else {
                throw BenchFault.wrongResult("renewals")
            }
        }
        try await comparison.measure("the page of metrics, renewals under way (API)", samples: 5) { side, _ in
            _ = try await side.api.metrics()
        }
    }

    private mutating func ticks() async throws {
        // What is not told by a clock settles first.
        for side in [comparison.tenth, comparison.full] {
            side.subject.clock.advance(by: 1)
            try await side.subject.tenant.renewals.tick()
        }
        try await comparison.measure("a tick of the scheduler, nothing due", samples: 100) { side, _ in
            try await side.subject.tenant.renewals.tick()
        }
        var due = Row(name: "a tick with every renewal due, for each")
        for _ in 0..<5 {
            due.tenth.add(try await Self.dueTick(comparison.tenth))
            due.full.add(try await Self.dueTick(comparison.full))
        }
        comparison.add(due)
    }

    private static func begin(_ number: Int, _ side: Side) async throws -> Duration {
        let start = ContinuousClock.now
        let plan = PlanRenewal(alias: try side.subject.size.alias("sign", of: number).rawValue)
        let renewal = try await side.api.createRenewal(plan)
        guard let create = renewal.steps.first(where: { $0.kind == "createKeyPair" }) else {
            throw BenchFault.wrongResult("plan")
        }
        _ = try await side.api.startRenewal(renewal.id)
        _ = try await side.api.claim(create.id, of: renewal.id)
        return .now - start
    }

    private static func dueTick(_ side: Side) async throws -> Duration {
        side.subject.clock.advance(by: 61)
        let start = ContinuousClock.now
        try await side.subject.tenant.renewals.tick()
        return (.now - start) / side.subject.size.renewals
    }
}
