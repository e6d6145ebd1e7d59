import AsyncHTTPClient
import Foundation
import Informing
import ManagementAPI
import NIOCore
import NIOHTTP1
import Renewal
import Server
import TestSupport
import Testing

@Suite("Links of mails")
struct LinkTests {
    private static let token = String(repeating: "t", count: 43)

    @Test(
        "Opening a link shows a form and changes nothing; the form acknowledges once, in the name that the mail went to"
    )
    func acknowledging() async throws {
        try await World.run { world in
            let id = try await world.providedCertificate()
            try await world.addLink(Self.token, to: id)
            for _ in 0..<3 {
                let page = try await world.open(Self.token)
                #expect(page.status == 200 && page.body.contains("<form method=\"post\">"))
                #expect(page.body.contains("SHA-256 fingerprint"))
            }
            #expect(try await world.notification(id).acknowledgedAt == nil)
            let done = try await world.open(Self.token, "act=acknowledge")
            #expect(done.status == 200 && done.body.contains("Thank you"))
            #expect(try await world.notification(id).acknowledgedBy == "key desk")
            let again = try await world.open(Self.token, "act=acknowledge")
            #expect(again.status == 410 && again.body.contains("acknowledged by key desk"))
            #expect(try await world.open(Self.token).status == 410)
            let audit = try await world.api(.administrator).audit()
            #expect(audit.contains { $0.action == "inform.linkUsed" && $0.actor.contains("key desk") })
            #expect(audit.contains { $0.action == "renewal.acknowledgeByLink.refused" })
            #expect(!audit.contains { "\($0)".contains(Self.token) })
        }
    }

    @Test("A link acknowledges what is about a compromised key, of which no renewal runs")
    func compromise() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let api = world.api(.administrator)
            _ = try await api.addKeyVersion(.fresh("reply-sign"))
            let word = CompromiseKey(version: 1, reason: "<i>mailed")
            #expect(try await !api.compromise("reply-sign", word).done, "the sender does not know version 2")
            let answer = try await world.api(.secondAdministrator).compromise("reply-sign", word)
            #expect(answer.done && answer.successor == 2)
            let told = try #require(try await world.api(.senderAdministrator).notifications().first)
            #expect(told.renewal == "reply-sign/1" && told.certificate != nil && told.text.contains("mailed. It is"))
            let late = String(repeating: "l", count: 43)
            try await world.addLink(late, to: told.id, lifetime: 60)
            world.clock.advance(by: .seconds(61))
            #expect(try await world.open(late, "act=acknowledge").status == 410)
            #expect(try await world.notification(told.id).acknowledgedAt == nil)
            try await world.addLink(Self.token, to: told.id)
            let page = try await world.open(Self.token)
            #expect(page.body.contains("is compromised") && !page.body.contains("the step is done"))
            #expect(page.body.contains("&lt;i&gt;mailed") && !page.body.contains("<i>"))
            #expect(try await world.open(Self.token, "act=acknowledge").body.contains("in the audit log"))
            #expect(try await world.open(Self.token, "act=acknowledge").status == 410)
            #expect(try await world.notification(told.id).acknowledgedBy == "key desk")
            #expect(try await world.api(.receiverAdministrator).notifications().isEmpty, "it does not use the key")
        }
    }

    @Test("Pages are kept by nobody, framed by nobody and run nothing")
    func headers() async throws {
        try await World.run { world in
            try await world.addLink(Self.token, to: world.providedCertificate())
            for page in [try await world.open(Self.token), try await world.open(String(repeating: "x", count: 43))] {
                #expect(page.headers["cache-control"] == "no-store")
                #expect(page.headers["referrer-policy"] == "no-referrer")
                let policy = page.headers["content-security-policy"] ?? ""
                #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
                #expect(!page.body.contains("<script") && !page.body.contains("src="))
            }
        }
    }

    @Test("An expired link says so and does nothing")
    func expired() async throws {
        try await World.run { world in
            let id = try await world.providedCertificate()
            try await world.addLink(Self.token, to: id, lifetime: 60)
            world.clock.advance(by: .seconds(61))
            #expect(try await world.open(Self.token).body.contains("expired"))
            #expect(try await world.open(Self.token, "act=acknowledge").status == 410)
            #expect(try await world.notification(id).acknowledgedAt == nil)
        }
    }

    @Test("A link carries no other authority: not another step, not another role's notification, not the API")
    func scope() async throws {
        try await World.run { world in
            let id = try await world.providedCertificate()
            try await world.addLink(Self.token, to: id)
            let claim = try await world.open(Self.token, "act=claim")
            #expect(claim.status == 409 && claim.body.contains("belongs to the"))
            #expect(try await world.open(Self.token, "act=claim&step=5-exchange").status == 400)
            #expect(try await world.notification(id).acknowledgedAt == nil)

            let other = String(repeating: "o", count: 43)
            try await world.addLink(other, to: id, organisation: "other")
            #expect(try await world.open(other, "act=acknowledge").status == 409)
            var request = HTTPClientRequest(url: world.management + "/api/v1/notifications")
            request.headers.add(name: "Authorization", value: "Bearer \(Self.token)")
            #expect(try await world.send(request).status == 401)
        }
    }

    @Test(
        "A link says that its partner's own step is done, and accepts the downtime that its mail proposes and no other"
    )
    func claiming() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let administrator = world.api(.administrator)
            _ = try await administrator.putPartner(PartnerResource(id: "sender", keys: "single", role: "sender"))
            let id = try await world.startRenewal(of: "reply-sign").id
            for kind in ["createKeyPair", "provideCertificate"] { try await world.claim(kind, of: id) }
            let provided = try #require(try await world.api(.senderAdministrator).notifications().last)
            _ = try await world.api(.senderAdministrator).acknowledge(provided.id)
            let now = Date(timeIntervalSince1970: world.clock.now.timeIntervalSince1970.rounded(.up))
            for hours in [1.0, 2.0] {
                let start = now + hours * 3_600
                let windows = try await administrator.proposeWindow(
                    of: id,
                    ProposeWindow(start: start, end: start + 600)
                )
                #expect(windows.map(\.state) == ["proposed"] && windows[0].start == start)
            }
            let proposals = try await world.api(.senderAdministrator).notifications().suffix(2).map(\.id)
            let (old, new) = (String(repeating: "a", count: 43), String(repeating: "b", count: 43))
            try await world.addLink(old, to: proposals[0])
            try await world.addLink(new, to: proposals[1])
            #expect(try await !world.open(old).body.contains("accept the downtime"))
            #expect(try await world.open(old, "act=claim").status == 409)
            #expect(try await world.open(new).body.contains("accept the downtime"))
            #expect(try await world.open(new, "act=claim").status == 200)
            let agreed = try await world.api(.senderAdministrator).windows(of: id)
            #expect(agreed.map(\.state) == ["agreed"] && agreed[0].start == now + 7_200)
            #expect(
                try await refusal { _ = try await world.api(.otherSenderAdministrator).windows(of: id) }.status == 404
            )
            #expect(
                try await refusal {
                    _ = try await world.api(.otherSenderAdministrator).cancelWindow(of: id, AnswerWindow(reason: "no"))
                }
                .status == 403
            )
        }
    }

    @Test("A reminder's link says that its reader's own open step is done, and that step alone")
    func claimingStep() async throws {
        try await World.run { world in
            let provided = try await world.providedCertificate()
            _ = try await world.api(.senderAdministrator).acknowledge(provided)
            world.clock.advance(by: .seconds(5 * 86_400))
            try await world.tenant.renewals.tick()
            let reminder = try #require(try await world.api(.senderAdministrator).notifications().last)
            #expect(reminder.text.hasPrefix("Reminder"))
            try await world.addLink(Self.token, to: reminder.id)
            #expect(try await world.open(Self.token).body.contains("the step is done"))
            #expect(try await world.open(Self.token, "act=claim").status == 200)
            let renewal = try await world.api(.administrator).renewal("reply-sign-1")
            let claimed = renewal.steps.filter { $0.claimedBy == "key desk" }
            #expect(claimed.map(\.kind) == ["configurePartner"] && claimed[0].state == "verified")
        }
    }

    @Test("A link does nothing of the tenant's own steps")
    func tenantsStep() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let administrator = world.api(.administrator)
            _ = try await world.startRenewal(of: "reply-sign")
            world.clock.advance(by: .seconds(5 * 86_400))
            try await world.tenant.renewals.tick()
            let reminder = try #require(try await administrator.notifications().last { $0.text.hasPrefix("Reminder") })
            #expect(reminder.step == "1-create-key-pair")
            try await world.addLink(Self.token, to: reminder.id, role: .tenantAdministrator, organisation: "tenant")
            #expect(try await !world.open(Self.token).body.contains("the step is done"))
            #expect(try await world.open(Self.token, "act=claim").status == 409)
            #expect(try await administrator.key("reply-sign").versions.count == 1)
            #expect(try await world.open(Self.token, "act=acknowledge").status == 200)
        }
    }

    @Test("Guessing is slowed down, and tells nothing")
    func guessing() async throws {
        try await World.run { world in
            for number in 0..<10 {
                let token = "\(number)" + String(repeating: "x", count: 42)
                #expect(try await world.open(token).status == 404)
            }
            let page = try await world.open(String(repeating: "y", count: 43))
            #expect(page.status == 429 && page.headers["retry-after"] == "60")
            #expect(try await world.open(String(repeating: "y", count: 43), "act=acknowledge").status == 429)
            world.clock.advance(by: .seconds(61))
            #expect(try await world.open(String(repeating: "y", count: 43)).status == 404)
        }
    }
}

extension World {
    /// A notification as the sender's administrator sees it.
    fileprivate func notification(_ id: String) async throws -> NotificationResource {
        try #require(try await api(.senderAdministrator).notifications().first { $0.id == id })
    }

    /// The notification with the tenant's new certificate to the sender's administrator.
    fileprivate func providedCertificate() async throws -> String {
        try await deployOrders()
        let id = try await startRenewal(of: "reply-sign").id
        for kind in ["createKeyPair", "provideCertificate"] { try await claim(kind, of: id) }
        return try #require(try await api(.senderAdministrator).notifications().last).id
    }

    fileprivate func addLink(
        _ token: String,
        to id: String,
        role: Role = .senderAdministrator,
        organisation: String = "sender",
        lifetime: TimeInterval = 3_600
    ) async throws {
        let link = InformLink(
            digest: InformLinkTerms.digest(of: token),
            notification: RenewalNotification.ID(rawValue: id),
            actor: Actor(name: "key desk", role: role, organisation: organisation),
            expiresAt: clock.now + lifetime
        )
        try await tenant.renewalStore.write { try $0.insertLink(link) }
    }

    /// Opens the link, or sends its form.
    fileprivate func open(
        _ token: String,
        _ form: String? = nil
    ) async throws -> (status: Int, body: String, headers: [String: String]) {
        var request = HTTPClientRequest(url: management + "/acknowledge/" + token)
        if let form {
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
            request.body = .bytes(ByteBuffer(string: form))
        }
        return try await send(request)
    }
}
