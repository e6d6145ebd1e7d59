import Cryptography
import Keystore
import Renewal
import Testing

extension TokenTests {
    @Suite struct TokenRenewalTests {
        /// A runtime whose nodes have the newest keys.
        private struct Node: RuntimeControl {
            let tenant: TokenTenant

            func deploy(flow: String) async throws {}
            func undeploy(flow: String) async throws {}
            func isDeployed(flow: String) async throws -> Bool { true }
            func acknowledgedGeneration() async throws -> Int {
                try await (tenant.store as any KeystoreStore).read { try $0.generation() }
            }
        }

        @Test func `a renewal makes the new version in the token that its step names`() async throws {
            let soft = try SoftToken()
            let tenant = try TokenTenant(soft)
            let (alias, tina) = (
                try KeyAlias("orders-sign"), Actor(name: "tina", role: .tenantAdministrator, organisation: "tenant")
            )
            try await tenant.act { operations, _ in
                _ = try operations.create(
                    alias: alias,
                    kind: .p256,
                    subject: "CN=orders",
                    validity: .seconds(365 * 86_400)
                )
            }
            let engine = RenewalEngine(
                store: tenant.store,
                runtime: Node(tenant: tenant),
                masterKey: tenant.masterKey,
                clock: tenant.clock,
                tenant: "tenant"
            )
            let northwind = try PartnerID("northwind")
            let id =
                try await engine.create(
                    alias,
                    usages: [
                        KeyUsage(alias: alias, purpose: .sign, flow: "orders", side: .outbound, partner: northwind)
                    ],
                    capabilities: [PartnerCapability(partner: northwind, keys: .dual)],
                    by: tina
                )
                .id
            let view = try await engine.start(id, by: tina)
            let step = try #require(view.steps.first { $0.kind == .createKeyPair }).id
            await #expect(throws: (any Error).self) {
                _ = try await engine.claim(step, of: id, by: tina, StepInput(keyToken: "elsewhere"))
            }
            _ = try await engine.claim(step, of: id, by: tina, StepInput(keyToken: soft.name.rawValue))
            let versions = try await tenant.act { _, transaction in try transaction.versions(of: alias) }
            #expect(versions.map(\.state) == [.active, .staged])
            #expect(versions.map { $0.tokenKey?.token } == [nil, soft.name])
        }
    }
}
