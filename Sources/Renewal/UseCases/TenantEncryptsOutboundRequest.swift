/// The tenant encrypts requests that it sends to a receiver system, which decrypts them (document 001).
///
/// Where the document says "verify payloads signed by", it is read as *decrypt payloads encrypted by*.
package enum TenantEncryptsOutboundRequest {
    /// "Receiver is able to verify payloads encrypted by the old key and by the new key at the same time".
    package static let dual = Procedure(
        .tenantEncryptsOutboundRequest,
        .dual,
        source: "document 001, first part",
        steps: [
            StepTemplate(
                .createKeyPair,
                by: .partner,
                "Creates a new key pair and certificate.",
                proof: .asserted
            ),
            StepTemplate(
                .configurePartner,
                by: .partner,
                "Configures the receiver system to decrypt payloads encrypted by the old key and by the new key.",
                proof: .asserted
            ),
            StepTemplate(
                .provideCertificate,
                by: .partner,
                to: .tenantAdministrator,
                "Provides the new certificate and informs the tenant administrator that either key is decrypted.",
                needs: [.certificate],
                proof: .acknowledged
            ),
            StepTemplate(
                .exchange,
                by: .tenantAdministrator,
                "Exchanges the old certificate with the new one, keeping the alias: from now on the new key encrypts.",
                entry: .readyToExchange,
                proof: .newKeyInTraffic
            ),
            StepTemplate(
                .inform,
                by: .tenantAdministrator,
                to: .partner,
                "Informs the receiver administrator that the certificate has been exchanged.",
                proof: .acknowledged
            ),
            StepTemplate(
                .removeOld,
                by: .partner,
                "Removes the old key pair: the receiver system decrypts only payloads encrypted by the new key.",
                entry: .oldKeyOutOfUse,
                proof: .asserted
            ),
        ]
    )

    /// "Receiver is only able to verify payloads encrypted by the same key at one time".
    package static let single = Procedure(
        .tenantEncryptsOutboundRequest,
        .single,
        source: "document 001, second part",
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
                .agreeDowntime,
                by: .tenantAdministrator,
                to: .partner,
                "Agrees a downtime with the receiver administrator, so that no encrypted messages are sent meanwhile.",
                needs: [.agreement],
                proof: .agreedByBoth
            ),
            StepTemplate(
                .inform,
                by: .tenantAdministrator,
                to: .integrationDeveloper,
                "Informs the integration developer that the flow that encrypts must be undeployed.",
                proof: .acknowledged
            ),
            StepTemplate(
                .undeployFlow,
                by: .integrationDeveloper,
                "Undeploys the integration flow: no encrypted messages are sent to the receiver system.",
                entry: .downtimeBegun,
                proof: .flowStopped
            ),
            StepTemplate(
                .inform,
                by: .integrationDeveloper,
                to: .tenantAdministrator,
                "Informs the tenant administrator that the flow is undeployed.",
                proof: .acknowledged
            ),
            StepTemplate(
                .exchange,
                by: .tenantAdministrator,
                "Exchanges the old certificate with the new one, keeping the alias: from now on the new key encrypts.",
                entry: .readyToExchange,
                proof: .newKeyInTraffic
            ),
            StepTemplate(
                .inform,
                by: .tenantAdministrator,
                to: .partner,
                "Informs the receiver administrator that no encrypted messages are being sent.",
                proof: .acknowledged
            ),
            StepTemplate(
                .configurePartner,
                by: .partner,
                "Exchanges the key pair in the receiver system.",
                proof: .asserted
            ),
            StepTemplate(
                .confirmPartner,
                by: .partner,
                to: .tenantAdministrator,
                "Informs the tenant administrator that the receiver system expects payloads encrypted by the new key.",
                proof: .acknowledged
            ),
            StepTemplate(
                .inform,
                by: .tenantAdministrator,
                to: .integrationDeveloper,
                "Informs the integration developer that the flow can be redeployed.",
                proof: .acknowledged
            ),
            StepTemplate(
                .deployFlow,
                by: .integrationDeveloper,
                "Redeploys the integration flow.",
                proof: .flowServing
            ),
        ]
    )
}
