/// The tenant decrypts requests of a sender system, which encrypts them (the sibling of document 003).
package enum TenantDecryptsInboundRequest {
    /// The one procedure: the tenant decrypts with the old and with the new key meanwhile.
    package static let only = Procedure(
        .tenantDecryptsInboundRequest,
        .only,
        source: "reads as document 003, with the sender",
        steps: [
            StepTemplate(
                .createKeyPair,
                by: .tenantAdministrator,
                "Creates a new key pair and certificate.",
                proof: .performed
            ),
            StepTemplate(
                .addToKeystore,
                by: .tenantAdministrator,
                "Adds the new key pair to the keystore beside the old one.",
                proof: .onEveryNode
            ),
            StepTemplate(
                .provideCertificate,
                by: .tenantAdministrator,
                to: .partner,
                "Provides the new certificate and informs that payloads encrypted with the new key can be sent.",
                offers: [.certificate],
                proof: .acknowledged
            ),
            StepTemplate(
                .configurePartner,
                by: .partner,
                "Configures the sender system to encrypt with the new certificate from now on.",
                offers: [.certificate],
                proof: .partnerUsesNewKey
            ),
            StepTemplate(
                .removeOld,
                by: .partner,
                "Removes the old certificate.",
                proof: .asserted
            ),
            StepTemplate(
                .confirmPartner,
                by: .partner,
                to: .tenantAdministrator,
                "Informs the tenant administrator that the sender system encrypts with the new key.",
                proof: .acknowledged
            ),
            StepTemplate(
                .removeOld,
                by: .tenantAdministrator,
                "Removes the old key pair after at least the guaranteed delivery time, when nothing needs it any more.",
                entry: .oldKeyUnseen,
                proof: .performed
            ),
        ]
    )
}
