import Foundation
import Keystore
import Renewal
import StoreSQLite
import TestSupport
import Testing

/// One alias used in several cases: everything follows from one key pair and one exchange.
@Suite struct MergedWalkTests {
    struct Mix: Sendable, CustomTestStringConvertible {
        let useCases: [UseCaseName]
        let sender: PartnerCapability.Keys
        let receiver: PartnerCapability.Keys

        var testDescription: String {
            "\(useCases.map(\.rawValue).joined(separator: " + ")), sender \(sender), receiver \(receiver)"
        }
    }

    private static let signing: [UseCaseName] = [.tenantSignsOutboundRequest, .tenantSignsInboundResponse]
    private static let tenants = signing + [.tenantDecryptsOutboundResponse, .tenantDecryptsInboundRequest]

    static let mixes = [
        Mix(useCases: signing, sender: .dual, receiver: .dual),
        Mix(useCases: signing, sender: .single, receiver: .dual),
        Mix(useCases: signing, sender: .dual, receiver: .single),
        Mix(useCases: signing, sender: .single, receiver: .single),
        Mix(useCases: tenants, sender: .dual, receiver: .dual),
        Mix(useCases: tenants, sender: .single, receiver: .single),
        Mix(useCases: Array(tenants.dropFirst(2)), sender: .dual, receiver: .dual),
        Mix(
            useCases: [.tenantEncryptsInboundResponse, .tenantVerifiesInboundRequest],
            sender: .dual,
            receiver: .dual
        ),
        Mix(
            useCases: [.tenantEncryptsOutboundRequest, .tenantVerifiesOutboundResponse],
            sender: .single,
            receiver: .single
        ),
    ]

    @Test("A key of several cases is renewed by one exchange, and every track ends well", arguments: mixes)
    func walk(_ mix: Mix) async throws {
        let world = try await World(mix.useCases, sender: mix.sender, receiver: mix.receiver)
        try await world.traffic(20)
        try await world.begin()
        try await world.carryOut()
        let view = try await world.show()
        #expect(view.status == .completed)
        #expect(Set(view.tracks.map(\.useCase)) == Set(mix.useCases))
        #expect(try await world.versions().map(\.state) == [.destroyed, .active])
        let journal = try await world.engine.journal(of: world.id)
        #expect(journal.count { if case .exchanged = $0.event { true } else { false } } == 1)
        #expect(journal.count { if case .versionAdded = $0.event { true } else { false } } == 1)
        try await Invariants.check(world)
    }
}
