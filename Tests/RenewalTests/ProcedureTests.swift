import Renewal
import Testing

/// The procedures held to docs/procedures.md, letter by letter.
@Suite struct ProcedureTests {
    /// One step as the page writes it: who (and whom), and what kind of act.
    private static let letters: [Character: [String]] = [
        "A": [
            "T createKeyPair", "T→P provideCertificate", "P configurePartner", "P→T confirmPartner", "T exchange",
            "T→P inform", "P removeOld",
        ],
        "B": [
            "T createKeyPair", "T→P provideCertificate", "T→P agreeDowntime", "T→D inform", "D undeployFlow",
            "D→T inform", "T exchange", "T→P inform", "P configurePartner", "P→T confirmPartner", "T→D inform",
            "D deployFlow",
        ],
        "C": [
            "T createKeyPair", "T→P provideCertificate", "T→P agreeDowntime", "P stopSending", "P configurePartner",
            "P→T confirmPartner", "T drain", "T exchange", "T→P inform", "P startSending",
        ],
        "D": [
            "P createKeyPair", "P configurePartner", "P→T provideCertificate", "T exchange", "T→P inform",
            "P removeOld",
        ],
        "E": [
            "P createKeyPair", "P→T provideCertificate", "T→P agreeDowntime", "T→D inform", "D undeployFlow",
            "D→T inform", "T exchange", "T→P inform", "P configurePartner", "P→T confirmPartner", "T→D inform",
            "D deployFlow",
        ],
        "F": [
            "P createKeyPair", "T→P agreeDowntime", "P stopSending", "P configurePartner", "P→T provideCertificate",
            "T drain", "T exchange", "T→P inform", "P startSending",
        ],
        "G": [
            "T createKeyPair", "T addToKeystore", "T→P provideCertificate", "P configurePartner", "P removeOld",
            "P→T confirmPartner", "T removeOld",
        ],
        "H": [
            "P createKeyPair", "P→T provideCertificate", "T addToKeystore", "T→P inform", "P configurePartner",
            "P removeOld", "P→T confirmPartner", "T removeOld",
        ],
    ]

    @Test(
        "A procedure has the steps of its letter, in the page's order",
        arguments: [
            ("TenantSignsOutboundRequest", Variant.dual, "A"), ("TenantSignsOutboundRequest", .single, "B"),
            ("TenantSignsInboundResponse", .dual, "A"), ("TenantSignsInboundResponse", .single, "C"),
            ("TenantEncryptsOutboundRequest", .dual, "D"), ("TenantEncryptsOutboundRequest", .single, "E"),
            ("TenantEncryptsInboundResponse", .dual, "D"), ("TenantEncryptsInboundResponse", .single, "F"),
            ("TenantDecryptsOutboundResponse", .only, "G"), ("TenantDecryptsInboundRequest", .only, "G"),
            ("TenantVerifiesInboundRequest", .only, "H"), ("TenantVerifiesOutboundResponse", .only, "H"),
        ] as [(String, Variant, Character)]
    )
    func stepsAreThoseOfTheLetter(name: String, variant: Variant, letter: Character) throws {
        let useCase = try #require(UseCaseName(rawValue: name))
        let procedure = try #require(Procedure.procedure(useCase, variant))
        #expect(procedure.steps.map(\.notation) == Self.letters[letter])
    }

    @Test("Every case of the page has its procedures and no other")
    func everyCaseIsThere() {
        let expected = UseCaseName.allCases.flatMap { useCase in
            let both = useCase.purpose == .sign || useCase.purpose == .encrypt
            return (both ? [Variant.dual, .single] : [.only]).map { "\(useCase.rawValue) \($0)" }
        }
        #expect(Set(Procedure.all.map { "\($0.useCase.rawValue) \($0.variant)" }) == Set(expected))
        #expect(Procedure.all.count == expected.count)
    }

    @Test("Every case ends with the retention and the destruction by two persons")
    func endingIsRetentionAndDestruction() {
        #expect(Procedure.ending.map(\.kind) == [.retain, .destroy])
        #expect(Procedure.ending.last?.needs == [.secondPerson])
    }

    @Test("Every sentence is one of its own, and names the partner that the case has")
    func sentencesNameTheRightPartner() {
        for procedure in Procedure.all {
            let wrong = procedure.useCase.side == .inbound ? "receiver" : "sender"
            let titles = procedure.steps.map(\.title)
            #expect(Set(titles).count == titles.count)
            #expect(!titles.contains { $0.contains(wrong) }, "\(procedure.useCase.rawValue) \(procedure.variant)")
        }
    }
}

extension StepTemplate {
    fileprivate var notation: String {
        "\(role.letter)\(addressee.map { "→\($0.letter)" } ?? "") \(kind.rawValue)"
    }
}

extension ProcedureRole {
    fileprivate var letter: String {
        switch self {
        case .tenantAdministrator: "T"
        case .integrationDeveloper: "D"
        case .partner: "P"
        }
    }
}
