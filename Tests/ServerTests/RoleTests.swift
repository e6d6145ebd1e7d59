import Foundation
import Keystore
import ManagementAPI
import Server
import TestSupport
import Testing

/// The acts of the management API, each tried by everybody whom it is not for.
@Suite("Who may do what over the management API")
struct RoleTests {
    private typealias Act = @Sendable (ManagementClient) async throws -> Void

    private static let administrators: Set<Person> = [.administrator, .secondAdministrator]
    private static let tenant = administrators.union([.developer])

    @Test("Keys are for the tenant's administrators, and where they are used for the tenant's people")
    func keys() async throws {
        try await check(Self.administrators, Self.keyActs)
        try await check(
            Self.tenant,
            [
                { _ = try await $0.overdueKeyVersions() },
                { _ = try await $0.whereUsed("reply-sign") },
            ]
        )
    }

    @Test("The keystore as a whole, captures, the audit log and informs are for the tenant's administrators")
    func keystore() async throws {
        try await check(Self.administrators, Self.keystoreActs)
        try await check(Self.tenant, [{ _ = try await $0.captures() }, { _ = try await $0.informs() }])
    }

    @Test("Flows are the developer's, and what becomes of messages is for the tenant's people to see")
    func flows() async throws {
        try await check([.developer], Self.flowActs)
        try await check(Self.tenant, Self.messageActs)
        try await check(Self.administrators, [{ _ = try await $0.discardMessage("none", reason: "no") }])
    }

    @Test("Renewals are coordinated by the tenant's administrators")
    func renewals() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let id = try await world.api(.administrator).createRenewal(PlanRenewal(alias: "reply-sign")).id
            let reason = GiveReason(reason: "no")
            let acts: [Act] = [
                { _ = try await $0.createRenewal(PlanRenewal(alias: "reply-sign")) },
                { _ = try await $0.approveRenewal(id) },
                { _ = try await $0.startRenewal(id) },
                { _ = try await $0.override("5-exchange", of: id, reason) },
                { _ = try await $0.abort(id, reason) },
                { _ = try await $0.rollBack(id, reason) },
                { _ = try await $0.rollBack(id, GiveReason(reason: "no", partner: "sender")) },
                { _ = try await $0.probe(id, ProbeRenewal(partner: "sender")) },
                { _ = try await $0.setCanary(id, SetCanary(partner: "sender", share: 1)) },
                { _ = try await $0.evidence(of: id) },
            ]
            try await check(acts, notFor: Self.administrators, mayBeHidden: true, in: world)
            try await check([{ _ = try await $0.journal(of: id) }], notFor: Self.tenant, in: world)
            let plan: Act = { _ = try await $0.planRenewal(PlanRenewal(alias: "reply-sign")) }
            try await check([plan], notFor: Self.tenant, in: world)
            #expect(try await world.api(.administrator).renewal(id).state == "planned")
        }
    }

    private static let keyActs: [Act] = [
        { _ = try await $0.addKeyVersion(.fresh("mine")) },
        { _ = try await $0.exchange("reply-sign", ExchangeKey(reason: "no")) },
        { _ = try await $0.rename("reply-sign", RenameKey(name: "mine", withFlows: true)) },
        { _ = try await $0.destroy("reply-sign", DestroyKey(version: 1, reason: "no")) },
        { _ = try await $0.compromise("reply-sign", CompromiseKey(version: 1, reason: "no")) },
        { _ = try await $0.compromise("reply-sign", CompromiseKey(version: 1, reason: "no", forecastOnly: true)) },
        { _ = try await $0.requestCertificate("reply-sign", RequestCertificate()) },
        { _ = try await $0.attach("reply-sign", AttachCertificate(certificates: Data())) },
        { _ = try await $0.requestExport("reply-sign", RequestKeyExport(version: 1, reason: "no")) },
        { _ = try await $0.exports() },
        { _ = try await $0.approveExport("none") },
        { _ = try await $0.collectExport("none", CollectKeyExport(form: .pkcs12, password: "correct horse battery")) },
    ]

    private static let keystoreActs: [Act] = [
        { _ = try await $0.importKeystore(ImportKeystore(file: Data(), password: nil)) },
        { _ = try await $0.backUp(BackUpKeystore(passphrase: "correct horse battery")) },
        { _ = try await $0.restore(RestoreKeystore(file: Data(), passphrase: "correct horse battery")) },
        { _ = try await $0.rotateMasterKey() },
        { _ = try await $0.captureFlow("orders", CaptureFlow(seconds: 60)) },
        { _ = try await $0.stopCapture("orders") },
        { _ = try await $0.capture(1) },
        { _ = try await $0.audit() },
        { _ = try await $0.auditCheckpoints() },
        { _ = try await $0.exportAudit(ExportAudit(format: "jsonl")) },
        { _ = try await $0.retryInform("none") },
        { _ = try await $0.putPartner(PartnerResource(id: "sender", keys: "dual", role: "sender")) },
    ]

    private static let flowActs: [Act] = [
        { _ = try await $0.putFlow("orders", yaml: "id: orders") },
        { _ = try await $0.deployFlow("orders") },
        { _ = try await $0.undeployFlow("orders") },
        { _ = try await $0.holdFlow("orders") },
        { _ = try await $0.releaseFlow("orders") },
    ]

    private static let messageActs: [Act] = [
        { _ = try await $0.flows() },
        { _ = try await $0.holdForecast("orders", for: 60) },
        { _ = try await $0.messageSummary() },
        { _ = try await $0.messages() },
        { _ = try await $0.retryMessage("none") },
        { _ = try await $0.exchanges(ExchangeSearch()) },
        { _ = try await $0.ledger() },
    ]

    private func check(_ allowed: Set<Person>, _ acts: [Act]) async throws {
        try await World.run { world in
            try await world.deployOrders()
            try await check(acts, notFor: allowed, in: world)
            #expect(try await world.api(.administrator).keys().map(\.activeVersion) == [1, 1])
            #expect(try await world.api(.developer).flows().map(\.status) == ["deployed"])
        }
    }

    /// Every act is refused to everybody else, or (`mayBeHidden`) what it is about is not there for them; each refusal is an
    /// entry of the audit log.
    private func check(
        _ acts: [Act],
        notFor allowed: Set<Person>,
        mayBeHidden: Bool = false,
        in world: World
    ) async throws {
        let before = try await refusals(in: world)
        var count = 0
        for person in Person.everybody where !allowed.contains(person) {
            for (number, act) in acts.enumerated() {
                let problem = try await refusal { try await act(world.api(person)) }
                let isHidden = mayBeHidden && problem.status == 404
                #expect(problem.status == 403 || isHidden, "\(person), act \(number): \(problem.detail)")
                count += 1
            }
        }
        #expect(count >= 4 * acts.count)
        #expect(try await refusals(in: world) == before + count, "each is audited")
    }

    private func refusals(in world: World) async throws -> Int {
        try await world.tenant.keystore.read { try $0.auditEntries(after: 0, limit: .max) }
            .count { $0.action.hasSuffix(".refused") }
    }
}
