import Cryptography
import Foundation
import Keystore
import StoreSQLite
import TestSupport
import Testing

@testable import Renewal

/// What the engine refuses: always with a reason and what to do instead, and always in the audit log.
@Suite struct RefusalTests {
    @Test("Another role's step is refused")
    func wrongRole() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut(until: "3-configure-partner")
        for person in [People.tina, People.dora, People.sam] {
            let refusal = try await refusal { try await world.claim("3-configure-partner", person) }
            #expect(refusal.code == .wrongRole)
            let whose = person == People.sam ? "another partner" : "receiver"
            #expect(refusal.reason.contains("receiver administrator of \(whose)"))
        }
        #expect(try await refusal { try await world.claim("5-exchange", People.rita) }.code == .wrongRole)
    }

    @Test("Another organisation's step is refused")
    func wrongOrganisation() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut(until: "3-configure-partner")
        let refusal = try await refusal { try await world.claim("3-configure-partner", People.otto) }
        #expect(refusal.code == .wrongOrganisation)
        let stranger = Actor(name: "tilda", role: .tenantAdministrator, organisation: "other")
        let start = try await self.refusal { _ = try await world.engine.abort(world.id, by: stranger, reason: "no") }
        #expect(start.code == .wrongOrganisation)
    }

    @Test("What a step cannot take is refused, and the step is not done")
    func notTaken() async throws {
        let world = try await World(.tenantEncryptsOutboundRequest, .dual)
        try await world.begin()
        let pem = try Certificates.make("next", at: world.clock.now).pem
        for input in [StepInput(certificatePEM: pem), StepInput(keyKind: "p-256"), StepInput(version: 2)] {
            let refusal = try await refusal { try await world.claim("1-create-key-pair", People.rita, input) }
            #expect(refusal.code == .badInput && refusal.reason.contains("takes no --"))
            #expect(try await world.show().steps[0].state == .open)
        }
    }

    @Test("Nobody acts as the system")
    func systemRole() async throws {
        let world = try await World(.tenantSignsInboundResponse, .single)
        try await world.begin()
        let impostor = Actor(name: "rekey", role: .system, organisation: "tenant")
        #expect(try await refusal { try await world.claim("1-create-key-pair", impostor) }.code == .wrongRole)
        try await world.carryOut(until: "7-drain")
        #expect(try await refusal { try await world.claim("7-drain", People.tina) }.code == .notClaimable)
    }

    @Test("An exchange before the partner is ready is refused and names the step that is missing")
    func earlyExchange() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut(until: "3-configure-partner")
        let refusal = try await refusal { try await world.claim("5-exchange", People.tina) }
        #expect(refusal.code == .notOpen)
        #expect(refusal.reason.contains("3-configure-partner (receiver administrator of receiver), 4-confirm-partner"))
        #expect(refusal.remedy.contains("do 3-configure-partner now"))
        #expect(try await world.versions().map(\.state) == [.active, .staged])
    }

    @Test("An exchange before every node has the new version is refused")
    func nodeBehind() async throws {
        let world = try await World(.tenantEncryptsOutboundRequest, .dual)
        try await world.begin()
        world.node.stay(at: try await world.node.acknowledgedGeneration())
        try await world.carryOut { $0.steps[2].state == .verified }
        let refusal = try await refusal { try await world.claim("4-exchange", People.tina) }
        #expect(refusal.code == .guardNotSatisfied)
        #expect(refusal.reason.contains("generation"))
        world.node.stay(at: .max)
        try await world.carryOut()
    }

    @Test("The partner's removal of the old key is refused before its clock, and while old messages are under way")
    func earlyRemoval() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut { $0.steps[5].state == .verified }
        try await world.traffic()
        let early = try await refusal { try await world.claim("7-remove-old", People.rita) }
        #expect(early.code == .tooEarly)
        world.clock.advance(by: world.settings.removalWait)
        let old = KeyVersionID(alias: world.alias, number: 1)
        try await world.underWay(old, true)
        let inFlight = try await refusal { try await world.claim("7-remove-old", People.rita) }
        #expect(inFlight.code == .guardNotSatisfied)
        #expect(inFlight.reason.contains("1 message(s) of the old key"))
        try await world.underWay(old, false)
        try await world.claim("7-remove-old", People.rita)
    }

    @Test("A late message with the old key restarts the clock of its removal from the keystore")
    func lateOldMessage() async throws {
        let world = try await World(.tenantDecryptsOutboundResponse, .dual)
        try await world.begin()
        try await world.carryOut { $0.steps[5].state == .verified }
        world.clock.advance(by: world.settings.acceptanceWait - .seconds(1))
        world.partnerVersion = 1
        try await world.traffic(1)
        world.clock.advance(by: .seconds(2))
        let refusal = try await refusal { try await world.claim("7-remove-old", People.tina) }
        #expect(refusal.code == .tooEarly)
        #expect(try await world.versions().map(\.state) == [.retiring, .active])
        try await world.engine.tick()
        try await world.engine.tick()
        let alerts = try await world.engine.notifications(for: People.tina)
            .filter { $0.text.contains("old key arrived") }
        #expect(alerts.count == 1)
        world.partnerVersion = 2
        world.clock.advance(by: world.settings.acceptanceWait)
        try await world.claim("7-remove-old", People.tina)
        #expect(try await world.versions().map(\.state) == [.retired, .active])
    }

    @Test("A destruction before 90 days is refused with the moment, also where the setting says less")
    func earlyDestroy() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        world.settings.retention = .seconds(60)
        try await world.begin()
        try await world.carryOut { $0.status == .retaining }
        world.clock.advance(by: .seconds(89 * 86_400))
        let refusal = try await refusal { try await world.claim("9-destroy", People.tina) }
        #expect(refusal.code == .tooEarly)
        #expect(refusal.reason.contains("90 days"))
        #expect(try await world.versions().map(\.state) == [.retired, .active])
    }

    @Test("A step that waits for nothing any more is taken, also before the scheduler has opened it")
    func betweenTwoLooks() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut { $0.steps[5].state == .verified }
        try await world.traffic()
        try await world.engine.tick()
        let (id, step) = (world.id, StepID(rawValue: "7-remove-old"))
        func claim(after time: Duration) async throws -> StepProgress {
            world.clock.advance(by: time)
            let scope = try await world.engine.scope(of: id)
            return try await world.store.write { (transaction: any RenewalTransaction) in
                var session = try RenewalSession(opening: id, transaction, scope)
                #expect(session.state.progress(of: step).state == .waiting)
                try session.claim(step, by: People.rita, StepInput())
                return session.state.progress(of: step)
            }
        }
        #expect(try await refusal { _ = try await claim(after: .seconds(1)) }.remedy.hasPrefix("Wait until "))
        let claimed = try await claim(after: world.settings.removalWait)
        #expect(
            claimed.state == .claimed && claimed.deadline == world.clock.now.advanced(by: world.settings.reminderWait)
        )
    }

    @Test("One person alone does not destroy")
    func destructionNeedsTwo() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut(until: "9-destroy")
        try await world.claim("9-destroy", People.tina)
        #expect(try await refusal { try await world.claim("9-destroy", People.tina) }.code == .samePerson)
        let explanation = try await world.show().steps.last?.guardView.explanation
        #expect(explanation?.contains("tina asked for it") == true)
        #expect(try await refusal { try await world.claim("9-destroy", People.dora) }.code == .wrongRole)
        #expect(try await world.versions().map(\.state) == [.retired, .active])
        try await world.claim("9-destroy", People.tom)
        #expect(try await world.versions().map(\.state) == [.destroyed, .active])
    }

    @Test("A flow that somebody deployed during the downtime keeps the exchange from happening")
    func deployedMeanwhile() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .single)
        try await world.begin()
        try await world.carryOut(until: "7-exchange")
        #expect(try await world.engine.renewal(keepingUndeployed: "orders") == world.id)
        try await world.node.deploy(flow: "orders")
        let refusal = try await refusal { try await world.claim("7-exchange", People.tina) }
        #expect(refusal.code == .guardNotSatisfied)
        #expect(refusal.reason.contains("orders is deployed"))
    }

    @Test("A message that arrives after the stop keeps the exchange from happening")
    func arrivesAfterTheStop() async throws {
        let world = try await World(.tenantEncryptsInboundResponse, .single)
        try await world.begin()
        try await world.carryOut(until: "7-exchange")
        world.isSending = true
        try await world.traffic(1)
        let refusal = try await refusal { try await world.claim("7-exchange", People.tina) }
        #expect(refusal.code == .tooEarly)
        #expect(refusal.reason.contains("after the stop"))
    }

    @Test("A claim that needs a certificate is refused without one, with no certificate, and with a known one")
    func certificates() async throws {
        let world = try await World(.tenantEncryptsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut(until: "3-provide-certificate")
        let known = try await world.versions().first?.certificatePEM
        for pem in [nil, "no certificate", known] {
            let refusal = try await refusal {
                try await world.claim("3-provide-certificate", People.rita, StepInput(certificatePEM: pem))
            }
            #expect(refusal.code == (pem == nil ? .badInput : .keystore))
        }
        #expect(try await world.versions().count == 1)
    }

    @Test("A second renewal of the alias does not start while one is under way")
    func oneAtATime() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        let second = try await world.engine.create(
            world.alias,
            usages: world.usages,
            capabilities: world.capabilities,
            by: People.tom
        )
        #expect(second.id.rawValue == "sign-receiver-2")
        let refusal = try await refusal { _ = try await world.engine.start(second.id, by: People.tom) }
        #expect(refusal.code == .renewalInProgress)
        #expect(try await world.engine.renewal(holding: world.alias) == world.id)
    }

    @Test("Only the addressee acknowledges")
    func acknowledgement() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.claim("1-create-key-pair", People.tina)
        try await world.claim("2-provide-certificate", People.tina)
        let notification = try #require(try await world.engine.notifications(for: People.rita).first)
        #expect(notification.attachments.first?.certificatePEM.contains("BEGIN CERTIFICATE") == true)
        let refusal = try await refusal { _ = try await world.engine.acknowledge(notification.id, by: People.otto) }
        #expect(refusal.code == .wrongOrganisation)
        let acknowledged = try await world.engine.acknowledge(notification.id, by: People.rita)
        #expect(acknowledged.acknowledgedBy == "rita")
        #expect(try await world.engine.acknowledge(notification.id, by: People.rita) == acknowledged)
    }

    @Test("Every refusal is in the audit log with its reason")
    func audited() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        let refusal = try await refusal { try await world.claim("5-exchange", People.tina) }
        let entries = try await world.store.read { (transaction: any KeystoreTransaction) in
            try transaction.auditEntries(after: 0, limit: 1_000)
        }
        let last = try #require(entries.last)
        #expect(last.action == "renewal.claim.refused")
        #expect(last.subject == "sign-receiver-1/5-exchange")
        #expect(last.detail.contains(refusal.reason))
        #expect(last.actor == People.tina.description)
    }

    private func refusal(_ body: () async throws -> Void) async throws -> RenewalRefusal {
        do {
            try await body()
        } catch let refusal as RenewalRefusal {
            #expect(!refusal.reason.isEmpty && !refusal.remedy.isEmpty)
            return refusal
        }
        Issue.record("Nothing was refused.")
        return RenewalRefusal(.unknown, reason: "", remedy: "")
    }
}
