import Cryptography
import Foundation
import Keystore
import ManagementAPI
import Renewal
import Server
import TestSupport
import Testing

@Suite("The audit log over the management API")
struct AuditTests {
    @Test("Logins are entries: the first of each person, and so many failed ones that guessing does not fill the log")
    func logins() async throws {
        try await World.run { world in
            for _ in 0..<3 { _ = try await world.api(.administrator).me() }
            let stranger = ManagementClient(server: world.management, token: "guess", http: world.http)
            for _ in 0..<40 { _ = try? await stranger.me() }
            let entries = try await world.tenant.keystore.read { try $0.auditEntries(after: 0, limit: 100) }
            #expect(entries.count { $0.action == "login.succeeded" } == 1)
            let failed = entries.count { $0.action == "login.failed" || $0.action == "login.throttled" }
            #expect(failed > 0 && failed <= 20)
        }
    }

    @Test("What a person may not see is refused and leaves an entry")
    func refusedReading() async throws {
        try await World.run { world in
            #expect(try await refusal { _ = try await world.api(.senderAdministrator).audit() }.status == 403)
            let last = try #require(try await world.api(.administrator).audit().last { $0.action == "request.refused" })
            #expect(last.subject == "/api/v1/audit" && last.actor.contains("senderAdministrator"))
        }
    }

    @Test("However many entries are asked for, a page has a thousand at the most")
    func entryPages() async throws {
        try await World.run { world in
            try await world.tenant.keystore.write { transaction in
                for number in 0..<1001 {
                    try transaction.audit(
                        at: world.clock.now,
                        actor: "tina",
                        action: "test",
                        subject: "\(number)",
                        detail: ""
                    )
                }
            }
            let administrator = world.api(.administrator)
            let page = try await administrator.audit(limit: 5000)
            #expect(page.count == 1000)
            for limit in [0, -1] {
                let refused = try await refusal { _ = try await administrator.audit(limit: limit) }
                #expect(refused.status == 400 && refused.remedy == "give a number, 1 or above")
            }
            let rest = try await administrator.audit(after: page.last?.sequence ?? 0, limit: 5000)
            #expect(rest.first?.sequence == 1001 && rest.contains { $0.subject == "1000" })
        }
    }

    @Test("An export is an entry, ends with a checkpoint, and its signature holds by the certificate alone")
    func export() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let administrator = world.api(.administrator)
            let export = try await administrator.exportAudit(ExportAudit(format: "jsonl"))
            let entries = try await administrator.audit()
            #expect(entries.last?.sequence == export.last)
            #expect(entries.contains { $0.action == "audit.export" })
            let checkpoint = try #require(try await administrator.auditCheckpoints().last)
            #expect(checkpoint.sequence == export.last && checkpoint.hash == entries.last?.hash)
            let certificate = try #require(try Certificate.list(pem: export.certificates.joined()).last)
            let signed = AuditCheckpoint(
                sequence: checkpoint.sequence,
                hash: try #require(Hexadecimal.octets(checkpoint.hash)),
                at: checkpoint.at,
                key: try #require(Hexadecimal.octets(checkpoint.key)),
                signature: try #require(Hexadecimal.octets(checkpoint.signature))
            )
            #expect(signed.isSigned(by: certificate))
            #expect(
                try await refusal { _ = try await world.api(.developer).exportAudit(ExportAudit(format: "jsonl")) }
                    .status == 403
            )
            let range = ExportAudit(format: "syslog", first: 9_999)
            #expect(try await refusal { _ = try await administrator.exportAudit(range) }.status == 400)
        }
    }

    @Test("The evidence of a renewal is one file without scripts in which texts stay texts")
    func evidence() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let administrator = world.api(.administrator)
            let renewal = try await world.startRenewal(of: "reply-sign")
            let id = renewal.id
            let create = try #require(renewal.steps.first { $0.kind == "createKeyPair" })
            _ = try await administrator.claim(create.id, of: id, ClaimStep(note: "<script>alert('x')</script>&\u{7}"))
            let html = try await administrator.evidence(of: id).html
            #expect(
                !html.contains("<script")
                    && html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;\u{FFFD}")
            )
            #expect(!html.contains("http://") && !html.contains("https://"))
            let steps = html.split(separator: "<h2>").first { $0.hasPrefix("Steps and their proofs") } ?? ""
            #expect(steps.contains("<td>sender</td>") && steps.contains("<th>flows</th>"))
            let versions = try await administrator.key("reply-sign").versions
            #expect(versions.count == 2)
            for version in versions { #expect(html.contains(version.fingerprint)) }
            let last = try #require(try await administrator.auditCheckpoints().last)
            #expect(html.contains(last.signature) && html.contains(last.hash))
            for heading in ["Steps and their proofs", "People and roles", "Overrides", "Downtime", "How to verify"] {
                #expect(html.contains("<h2>\(heading)</h2>"))
            }
            #expect(try await refusal { _ = try await world.api(.developer).evidence(of: id) }.status == 403)
            #expect(try await administrator.audit().contains { $0.action == "renewal.evidence" && $0.subject == id })
        }
    }

    @Test("The evidence tells of each downtime with whom it was, when it was to be and when traffic stood still")
    func downtimes() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let plan = try await world.planDowntime()
            let (agreement, moment) = (StepID(rawValue: plan.agreement), Date(timeIntervalSince1970: 1_800_000_000))
            let window = DowntimeWindow(start: moment, end: moment + 3600)
            try await world.append(
                [
                    .approved, .started(unguarded: false),
                    .agreed(
                        step: agreement,
                        party: Party(role: .senderAdministrator, organisation: "sender"),
                        window: window
                    ),
                    .downtimeBegan(step: agreement, moment: moment + 60),
                    .downtimeEnded(step: agreement, moment: moment + 900),
                ],
                to: plan.id
            )
            let html = try await world.api(.administrator).evidence(of: plan.id).html
            let rows = [
                "<td>planned with sender</td><td>2027-01-15T08:00:00Z</td><td>2027-01-15T09:00:00Z</td>",
                "<td>traffic stood still, with sender</td><td>2027-01-15T08:01:00Z</td><td>2027-01-15T08:15:00Z</td>",
            ]
            for row in rows { #expect(html.contains(row), "\(html)") }
        }
    }

    @Test("A downtime that was taken back for one partner is in the evidence and in the list of downtimes")
    func takenBack() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let administrator = world.api(.administrator)
            let plan = try await world.planDowntime()
            let (agreement, moment) = (StepID(rawValue: plan.agreement), Date(timeIntervalSince1970: 1_800_000_000))
            try await world.append(
                [
                    .approved, .started(unguarded: false), .downtimeBegan(step: agreement, moment: moment),
                    .takenBack(
                        step: agreement,
                        partner: try PartnerID("sender"),
                        reason: "Too long & dark.",
                        generation: 1
                    ),
                    .downtimeEnded(step: agreement, moment: moment + 900),
                ],
                to: plan.id
            )
            let html = try await administrator.evidence(of: plan.id).html
            let row =
                "<td>taken back for sender: Too long &amp; dark.</td><td>2027-01-15T08:00:00Z</td><td>2027-01-15T08:15:00Z</td>"
            #expect(html.contains(row), "\(html)")
            let window = try #require(try await administrator.windows(of: plan.id).first)
            #expect(window.state == "none" && window.beganAt == nil)
            #expect(window.takenBack == [.init(beganAt: moment, endedAt: moment + 900)])
        }
    }

    @Test("Keys are listed page by page, also those that a partner sees between many that it does not")
    func keyPages() async throws {
        try await World.run { world in
            try await world.deployOrders()
            for name in ["a", "m", "z"] { _ = try await world.api(.administrator).addKeyVersion(.fresh(name)) }
            let all = try await world.api(.administrator).keys().map(\.alias)
            #expect(all == ["a", "m", "reply-sign", "sender-sign", "z"])
            let administrator = world.api(.administrator)
            #expect(try await administrator.keys(after: "m", limit: 2).map(\.alias) == ["reply-sign", "sender-sign"])
            #expect(try await world.api(.senderAdministrator).keys(after: nil, limit: 1).map(\.alias) == ["reply-sign"])
        }
    }

    @Test("Renewals are listed by key and state, page by page")
    func pages() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let administrator = world.api(.administrator)
            let first = try await administrator.createRenewal(PlanRenewal(alias: "reply-sign"))
            _ = try await administrator.abort(first.id, GiveReason(reason: "not now"))
            let second = try await administrator.createRenewal(PlanRenewal(alias: "reply-sign"))
            #expect(try await administrator.renewals(limit: 1).map(\.id) == [first.id])
            #expect(try await administrator.renewals(after: first.id).map(\.id) == [second.id])
            #expect(try await administrator.renewals(state: "aborted").map(\.id) == [first.id])
            #expect(try await administrator.renewals(alias: "sender-sign").isEmpty)
            #expect(try await refusal { _ = try await administrator.renewals(state: "lost") }.status == 400)
        }
    }
}

extension World {
    /// Plans the renewal of the key for replies with a downtime; returns it, and the step that agrees it.
    fileprivate func planDowntime() async throws -> (id: String, agreement: String) {
        var choices = PlanChoicesResource()
        choices.single = ["sender"]
        let plan = try await api(.administrator).createRenewal(PlanRenewal(alias: "reply-sign", choices: choices))
        return (plan.id, try #require(plan.steps.first { $0.kind == "agreeDowntime" }).id)
    }

    /// Writes into the journal of a renewal that was planned and nothing else.
    fileprivate func append(_ events: [RenewalEvent], to renewal: String) async throws {
        let moment = Date(timeIntervalSince1970: 1_800_001_000)
        try await tenant.renewalStore.write { transaction in
            for (offset, event) in events.enumerated() {
                try transaction.appendJournal(
                    Renewal.JournalEntry(
                        renewal: RenewalID(rawValue: renewal),
                        sequence: 2 + offset,
                        at: moment,
                        actor: Actor(name: "rekey", role: .system, organisation: "tenant"),
                        event: event
                    )
                )
            }
        }
    }
}
