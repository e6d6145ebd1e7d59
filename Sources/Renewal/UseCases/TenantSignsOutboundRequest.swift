/// The tenant signs requests that it sends to a receiver system, which verifies them (document 004).
package enum TenantSignsOutboundRequest {
    /// "Receiver is able to verify payloads signed by the old key and by the new key at the same time".
    package static let dual = Procedure(
        .tenantSignsOutboundRequest,
        .dual,
        source: "document 004, first part; steps of document 002, first part",
        steps: [
            StepTemplate(
                .createKeyPair,
                by: .tenantAdministrator,
                "Creates a new key pair.",
                proof: .performed
            ),
            StepTemplate(
                .provideCertificate,
                by: .tenantAdministrator,
                to: .partner,
                "Provides the new certificate to the receiver administrator.",
                offers: [.certificate],
                proof: .acknowledged
            ),
            StepTemplate(
                .configurePartner,
                by: .partner,
                "Configures the receiver system to verify payloads signed by the old key and by the new key.",
                offers: [.certificate],
                proof: .asserted
            ),
            StepTemplate(
                .confirmPartner,
                by: .partner,
                to: .tenantAdministrator,
                "Informs the tenant administrator that the receiver system verifies payloads signed by either key.",
                proof: .acknowledged
            ),
            StepTemplate(
                .exchange,
                by: .tenantAdministrator,
                "Exchanges the old key pair with the new one, keeping the alias: messages are signed with the new key.",
                entry: .readyToExchange,
                proof: .newKeyInTraffic
            ),
            StepTemplate(
                .inform,
                by: .tenantAdministrator,
                to: .partner,
                "Informs the receiver administrator that the key pair has been exchanged.",
                proof: .acknowledged
            ),
            StepTemplate(
                .removeOld,
                by: .partner,
                "Removes the old certificate: the receiver system verifies only payloads signed by the new key.",
                entry: .oldKeyOutOfUse,
                proof: .asserted
            ),
        ]
    )

    /// "Receiver is only able to verify payloads signed by the same key at one time".
    package static let single = Procedure(
        .tenantSignsOutboundRequest,
        .single,
        source: "document 004, second part; steps of document 001, second part",
        steps: [
            StepTemplate(
                .createKeyPair,
                by: .tenantAdministrator,
                "Creates a new key pair.",
                proof: .performed
            ),
            StepTemplate(
                .provideCertificate,
                by: .tenantAdministrator,
                to: .partner,
                "Provides the new certificate to the receiver administrator.",
                offers: [.certificate],
                proof: .acknowledged
            ),
            StepTemplate(
                .agreeDowntime,
                by: .tenantAdministrator,
                to: .partner,
                "Agrees a downtime with the receiver administrator, so that no signed messages are sent meanwhile.",
                needs: [.agreement],
                proof: .agreedByBoth
            ),
            StepTemplate(
                .inform,
                by: .tenantAdministrator,
                to: .integrationDeveloper,
                "Informs the integration developer that the flow that signs must be undeployed.",
                proof: .acknowledged
            ),
            StepTemplate(
                .undeployFlow,
                by: .integrationDeveloper,
                "Undeploys the integration flow: no signed messages are sent to the receiver system.",
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
                "Exchanges the old key pair with the new one, keeping the alias: messages are signed with the new key.",
                entry: .readyToExchange,
                proof: .newKeyInTraffic
            ),
            StepTemplate(
                .inform,
                by: .tenantAdministrator,
                to: .partner,
                "Informs the receiver administrator that no signed messages are being sent.",
                proof: .acknowledged
            ),
            StepTemplate(
                .configurePartner,
                by: .partner,
                "Exchanges the old certificate with the new one in the receiver system.",
                offers: [.certificate],
                proof: .asserted
            ),
            StepTemplate(
                .confirmPartner,
                by: .partner,
                to: .tenantAdministrator,
                "Informs the tenant administrator that the receiver system expects payloads signed by the new key.",
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
