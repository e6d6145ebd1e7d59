import Keystore
import Renewal
import Testing

extension StoreConformance {
    static let partnerCases: [Case] = [
        Case("An alias has one assignment a partner; it comes back after a restart and is removed by itself") { suite in
            let store = try await suite.open().keystore
            let partners = try ["one", "two"].map { try PartnerID($0) }
            let versions = try (1...3).map { try Samples.version($0) }
            let alias = try Samples.alias()
            try await store.write { transaction in
                for version in versions { try transaction.insert(version) }
                for (version, manner) in zip(versions, [KeyAssignment.Manner.beside, .instead]) {
                    try transaction.setAssignment(
                        KeyAssignment(version: version.id, partner: partners[0], manner: manner)
                    )
                }
                try transaction.setAssignment(
                    KeyAssignment(version: versions[2].id, partner: partners[1], manner: .beside)
                )
            }
            let first = KeyAssignment(version: versions[1].id, partner: partners[0], manner: .instead)
            let second = KeyAssignment(version: versions[2].id, partner: partners[1], manner: .beside)
            let again = try await suite.open().keystore
            #expect(try await again.read { try $0.assignments(of: alias) } == [first, second])
            try await again.write { try $0.removeAssignment(first) }
            #expect(try await again.read { try $0.allAssignments() } == [second])
        },
        Case("What was learned of a partner's system is kept entry by entry, and proof is never a claim") { suite in
            let store = try await suite.open().renewal
            let partner = try PartnerID("one")
            let records = [CapabilityStanding.dualClaimed, .single].map { Samples.capability(partner, $0, .claim) }
            try await store.write { transaction in
                for record in records { try transaction.appendCapability(record) }
            }
            let again = try await suite.open().renewal
            #expect(try await again.read { try $0.capabilities(of: partner) } == records)
            #expect(try await again.read { try $0.capabilities(of: nil) } == records)
            await #expect(throws: (any Error).self) {
                try await again.write { try $0.appendCapability(Samples.capability(partner, .dualProven, .claim)) }
            }
        },
    ]
}

extension Samples {
    fileprivate static func capability(
        _ partner: PartnerID,
        _ standing: CapabilityStanding,
        _ source: CapabilityRecord.Source
    ) -> CapabilityRecord {
        CapabilityRecord(
            partner: partner,
            part: .verify,
            standing: standing,
            source: source,
            detail: "said",
            actor: "tina",
            at: now
        )
    }
}
