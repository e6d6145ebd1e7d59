import ArgumentParser
import WSSecurity

/// What a receiver demands besides signed and encrypted parts.
struct DemandOptions: ParsableArguments {
    @OptionGroup var user: UserOptions
    @Option(
        help: "How the subject of SAML assertions must be confirmed: senderVouches, holderOfKey or bearer.",
        transform: OptionWords.confirmation
    )
    var assertion: CarriedAssertion.Confirmation?
    @Option(
        help: "A PEM file with certificates of those who may issue assertions; repeat for more.",
        completion: .file()
    )
    var issuer: [String] = []
    @Option(help: "Who we are to issuers of assertions; repeat for more. Else their audiences are not looked at.")
    var audience: [String] = []
    @Option(
        help: "A PEM file with certificates of those who must have endorsed the signature; repeat for more.",
        completion: .file()
    )
    var endorser: [String] = []
    @Option(
        help: "A part that an endorser must have signed; repeat for more. Else signature: the first one.",
        transform: OptionWords.part
    )
    var endorsedPart: [MessagePart] = []
    @OptionGroup var confirmation: ConfirmationOptions

    func validate() throws {
        guard assertion != nil || (issuer.isEmpty && audience.isEmpty) else {
            throw ValidationError("--issuer and --audience have no effect without --assertion.")
        }
        guard assertion == nil || assertion == .senderVouches || !issuer.isEmpty else {
            throw ValidationError("Say who may issue assertions: --issuer.")
        }
        guard !endorser.isEmpty || endorsedPart.isEmpty else {
            throw ValidationError("--endorsed-part has no effect without --endorser.")
        }
    }

    /// The policy with these demands, and the keys for them; endorsers are among those to verify with.
    func keys(adding policy: inout InboundPolicy) throws -> Keys {
        policy.usernameToken = user.demand
        policy.assertion = assertion.map { AssertionDemand(confirmation: $0, audiences: Set(audience)) }
        policy.confirmations = try confirmation.values().map(Set.init)
        let endorsers = try endorser.flatMap { path in
            try KeyFiles.certificates(path).map { KnownCertificate(name: path, certificate: $0) }
        }
        if !endorsers.isEmpty {
            policy.endorsement = EndorsementDemand(
                by: Set(endorsers.map(\.certificate)),
                of: endorsedPart.isEmpty ? [.signature] : Set(endorsedPart)
            )
        }
        return try Keys(
            endorsers: endorsers,
            passwords: user.password().map { [$0] } ?? [],
            issuers: issuer.flatMap(KeyFiles.certificates)
        )
    }

    /// What these demands are checked with.
    struct Keys {
        let endorsers: [KnownCertificate]
        let passwords: [SharedKey]
        let issuers: [Certificate]
    }
}
