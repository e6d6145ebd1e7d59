/// Two ways without a downtime that no document prescribes: messages for a partner carry the old and the new signature, or
/// are encrypted for the old and the new certificate, until its system has changed.
///
/// For systems that handle one key at a time and take such messages; off by default, chosen in a plan.
package enum DoubleProtection {
    /// The tenant signs with both keys meanwhile.
    static func signing(_ useCase: UseCaseName) -> Procedure {
        let partner = useCase.partnerSystem
        return Procedure(
            useCase,
            .double,
            source: "chosen in a plan; no document prescribes it",
            steps: [
                StepTemplate(.createKeyPair, by: .tenantAdministrator, "Creates a new key pair.", proof: .performed),
                StepTemplate(
                    .provideCertificate,
                    by: .tenantAdministrator,
                    to: .partner,
                    "Provides the new certificate to the \(partner) administrator.",
                    offers: [.certificate],
                    proof: .acknowledged
                ),
                StepTemplate(
                    .protectTwice,
                    by: .tenantAdministrator,
                    "Signs with the old key and with the new one from now on.",
                    entry: .readyToExchange,
                    proof: .newKeyInTraffic
                ),
            ] + changing("certificate", "verifies the signature of", partner) + exchanging("key pair", partner)
        )
    }

    /// The tenant encrypts for both certificates meanwhile.
    static func encrypting(_ useCase: UseCaseName) -> Procedure {
        let partner = useCase.partnerSystem
        return Procedure(
            useCase,
            .double,
            source: "chosen in a plan; no document prescribes it",
            steps: [
                StepTemplate(
                    .createKeyPair,
                    by: .partner,
                    "Creates a new key pair and certificate.",
                    proof: .asserted
                ),
                StepTemplate(
                    .provideCertificate,
                    by: .partner,
                    to: .tenantAdministrator,
                    "Provides the tenant administrator with the new certificate.",
                    needs: [.certificate],
                    proof: .acknowledged
                ),
                StepTemplate(
                    .protectTwice,
                    by: .tenantAdministrator,
                    "Encrypts for the old certificate and for the new one from now on.",
                    entry: .readyToExchange,
                    proof: .newKeyInTraffic
                ),
            ] + changing("key pair", "decrypts with", partner) + exchanging("certificate", partner)
        )
    }

    private static func changing(_ what: String, _ deed: String, _ partner: String) -> [StepTemplate] {
        [
            StepTemplate(
                .configurePartner,
                by: .partner,
                "Exchanges the old \(what) with the new one in the \(partner) system.",
                offers: what == "certificate" ? [.certificate] : [],
                proof: .asserted
            ),
            StepTemplate(
                .confirmPartner,
                by: .partner,
                to: .tenantAdministrator,
                "Informs the tenant administrator that the \(partner) system \(deed) the new key.",
                proof: .acknowledged
            ),
        ]
    }

    private static func exchanging(_ what: String, _ partner: String) -> [StepTemplate] {
        [
            StepTemplate(
                .exchange,
                by: .tenantAdministrator,
                "Exchanges the old \(what) with the new one, keeping the alias: the new key alone protects.",
                entry: .readyToExchange,
                proof: .newKeyInTraffic
            ),
            StepTemplate(
                .inform,
                by: .tenantAdministrator,
                to: .partner,
                "Informs the \(partner) administrator that the old key is out of use.",
                proof: .acknowledged
            ),
        ]
    }
}
