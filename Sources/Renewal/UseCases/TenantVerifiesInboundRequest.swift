/// The tenant verifies requests of a sender system, which signs them (the sibling that completes the matrix).
package enum TenantVerifiesInboundRequest {
    /// The one procedure: the tenant verifies with the old and with the new key meanwhile.
    package static let only = Procedure(
        .tenantVerifiesInboundRequest,
        .only,
        source: "docs/procedures.md, tenant verifies",
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
                "Provides the new certificate to the tenant administrator.",
                needs: [.certificate],
                proof: .acknowledged
            ),
            StepTemplate(
                .addToKeystore,
                by: .tenantAdministrator,
                "Adds the certificate to the keystore beside the old one.",
                proof: .onEveryNode
            ),
            StepTemplate(
                .inform,
                by: .tenantAdministrator,
                to: .partner,
                "Informs the sender administrator that payloads signed with the new key can be sent.",
                proof: .acknowledged
            ),
            StepTemplate(
                .configurePartner,
                by: .partner,
                "Signs with the new key from now on.",
                proof: .partnerUsesNewKey
            ),
            StepTemplate(
                .removeOld,
                by: .partner,
                "Removes the old key pair.",
                proof: .asserted
            ),
            StepTemplate(
                .confirmPartner,
                by: .partner,
                to: .tenantAdministrator,
                "Informs the tenant administrator that the sender system signs with the new key.",
                proof: .acknowledged
            ),
            StepTemplate(
                .removeOld,
                by: .tenantAdministrator,
                "Removes the old certificate after at least the guaranteed delivery time, when nothing needs it.",
                entry: .oldKeyUnseen,
                proof: .performed
            ),
        ]
    )
}
