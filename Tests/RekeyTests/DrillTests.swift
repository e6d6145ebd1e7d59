import Foundation
import Testing

/// The rehearsal itself, as a user starts it: processes, sockets, files, and nothing simulated but the clock.
@Suite("The drill", .serialized)
struct DrillTests {
    @Test("renews by every procedure under traffic and loses nothing, also when the tenant is killed")
    func renewsByEveryProcedure() throws {
        let run = try drill()
        #expect(run.status == 0, "\(run.diagnosis)")
        let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        #expect(report.procedures.count == 9)
        for row in report.procedures {
            #expect(row.lost == 0 && row.sent > 0 && row.answered == row.sent, "\(row)")
            if row.variant == "single" {
                #expect(row.downtimeSeconds > 0, "\(row)")
            } else {
                #expect(row.refused == 0 && row.downtimeSeconds == 0, "\(row)")
            }
        }
        #expect(report.invariants.map(\.number) == Array(1...8))
        for invariant in report.invariants {
            #expect(invariant.holds, "\(invariant)")
        }
        let crash = try #require(report.crash)
        #expect(crash.kills > 5 && crash.lost == 0)
    }

    @Test(
        "sees each wrong move refused, with the reason and what to do instead",
        arguments: ["early-exchange", "early-destroy", "early-removal", "wrong-role"]
    )
    func seesWrongMovesRefused(sabotage: String) throws {
        let run = try drill("--sabotage", sabotage)
        #expect(run.status == 0, "\(run.diagnosis)")
        let report = try JSONDecoder().decode(SabotageReport.self, from: Data(run.output.utf8))
        #expect(report.lost == 0 && report.sent > 0)
        #expect(!report.attempts.isEmpty)
        for attempt in report.attempts {
            #expect(attempt.refused, "\(attempt)")
            #expect(attempt.reason?.isEmpty == false && attempt.remedy?.isEmpty == false, "\(attempt)")
        }
    }

    @Test(
        "loses nothing where a renewal goes another way, and says which proof each had",
        arguments: [["TwoRecipients", "CanaryRefused", "Compromised"], ["OneByOne"]]
    )
    func goesOtherWays(names: [String]) throws {
        let run = try drill(["--skip-crash"] + names.flatMap { ["--only", $0] })
        #expect(run.status == 0, "\(run.diagnosis)")
        let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        #expect(report.procedures.count == names.count)
        for row in report.procedures {
            #expect(row.lost == 0 && row.sent > 0 && row.answered == row.sent, "\(row)")
            #expect(["asserted", "attested", "probed", "observed"].contains(row.weakestProof), "\(row)")
        }
        #expect(!report.invariants.isEmpty)
        for invariant in report.invariants {
            #expect(invariant.holds, "\(invariant)")
        }
    }

    @Test(
        "renews keys that live in a token under traffic; the old one is in it until its clocks are over, and not after",
        .enabled(if: TokenFiles.isWanted, "\(TokenFiles.absence)")
    )
    func renewsInToken() throws {
        let run = try drill(
            "--in-token",
            "--skip-crash",
            "--only",
            "TenantSignsOutboundRequest",
            "--only",
            "TenantDecryptsOutboundResponse"
        )
        #expect(run.status == 0, "\(run.diagnosis)")
        let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        #expect(report.procedures.map(\.variant) == ["only", "dual", "single"])
        for row in report.procedures {
            #expect(row.lost == 0 && row.sent > 0 && row.answered == row.sent, "\(row)")
        }
        for invariant in report.invariants { #expect(invariant.holds, "\(invariant)") }
        let words =
            "3 renewals within a token, 3 old key pairs in it until their clocks were over, 3 gone after that, "
            + "3 new ones in it"
        #expect(report.invariants.last?.detail == words)
    }

    @Test("shows every metric of the catalogue under its name, but for those of what did not happen")
    func showsMetrics() throws {
        let run = try drill("--only", "TenantDecryptsOutboundResponse", "--skip-crash")
        #expect(run.status == 0, "\(run.diagnosis)")
        let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        // Nothing went wrong, and nothing had TLS.
        #expect(Set(report.missingMetrics).subtracting(["rekey_faults_total", "rekey_tls_handshakes_total"]) == [])
    }

    @Test("can fail: without the guards an early exchange loses messages, and it says so")
    func canFail() throws {
        let run = try drill("--sabotage", "unguarded")
        #expect(run.status == 1, "\(run.diagnosis)")
        let report = try JSONDecoder().decode(SabotageReport.self, from: Data(run.output.utf8))
        #expect(report.lost > 0)
        #expect(!report.attempts.isEmpty && report.attempts.allSatisfy { !$0.refused })
    }

    private func drill(_ options: String...) throws -> Program.Ending { try drill(options) }

    private func drill(_ options: [String]) throws -> Program.Ending {
        let program = try Program()
        defer { program.remove() }
        return try program.run(["drill", "-o", "json"] + options)
    }

    private struct Report: Decodable {
        struct Procedure: Decodable {
            var variant: String
            var sent: Int
            var answered: Int
            var refused: Int
            var lost: Int
            var downtimeSeconds: Double
            var weakestProof: String
        }
        struct Crash: Decodable {
            var kills: Int
            var lost: Int
        }
        struct Invariant: Decodable {
            var number: Int
            var holds: Bool
            var detail: String
        }
        var procedures: [Procedure]
        var crash: Crash?
        var invariants: [Invariant]
        var missingMetrics: [String]
    }

    private struct SabotageReport: Decodable {
        struct Attempt: Decodable {
            var attempt: String
            var refused: Bool
            var reason: String?
            var remedy: String?
        }
        var sent: Int
        var lost: Int
        var attempts: [Attempt]
    }
}
