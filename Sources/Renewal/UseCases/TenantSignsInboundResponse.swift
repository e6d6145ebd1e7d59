/// The tenant signs responses to a sender system, which verifies them (document 002).
package enum TenantSignsInboundResponse {
    /// "Sender is able to verify payloads signed by the old key and by the new key at the same time".
    package static let dual = Procedure(
        .tenantSignsInboundResponse,
        .dual,
        source: "document 002, first part",
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
                "Provides the new certificate to the sender administrator.",
                offers: [.certificate],
                proof: .acknowledged
            ),
            StepTemplate(
                .configurePartner,
                by: .partner,
                "Configures the sender system to verify payloads signed by the old key and by the new key.",
                offers: [.certificate],
                proof: .asserted
            ),
            StepTemplate(
                .confirmPartner,
                by: .partner,
                to: .tenantAdministrator,
                "Informs the tenant administrator that the sender system verifies payloads signed by either key.",
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
                "Informs the sender administrator that the key pair has been exchanged.",
                proof: .acknowledged
            ),
            StepTemplate(
                .removeOld,
                by: .partner,
                "Removes the old certificate: the sender system verifies only payloads signed by the new key.",
                entry: .oldKeyOutOfUse,
                proof: .asserted
            ),
        ]
    )

    /// "Sender is only able to verify payloads signed by the same key at one time".
    package static let single = Procedure(
        .tenantSignsInboundResponse,
        .single,
        source: "document 002, second part",
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
                "Provides the new certificate to the sender administrator.",
                offers: [.certificate],
                proof: .acknowledged
            ),
            StepTemplate(
                .agreeDowntime,
                by: .tenantAdministrator,
                to: .partner,
                "Agrees a downtime with the sender administrator, so that no signed messages are sent meanwhile.",
                needs: [.agreement],
                proof: .agreedByBoth
            ),
            StepTemplate(
                .stopSending,
                by: .partner,
                "Stops sending messages at the start of the agreed downtime.",
                entry: .downtimeBegun,
                proof: .silence
            ),
            StepTemplate(
                .configurePartner,
                by: .partner,
                "Exchanges the old certificate with the new one in the sender system.",
                offers: [.certificate],
                proof: .asserted
            ),
            StepTemplate(
                .confirmPartner,
                by: .partner,
                to: .tenantAdministrator,
                "Informs the tenant administrator that sending has stopped and the certificate has been exchanged.",
                proof: .acknowledged
            ),
            StepTemplate(
                .drain,
                by: .tenantAdministrator,
                "Ensures that no messages signed with the old key are in the system.",
                proof: .drained
            ),
            StepTemplate(
                .exchange,
                by: .tenantAdministrator,
                "Exchanges the old key pair with the new one, keeping the alias: data is signed with the new key.",
                entry: .readyToExchange,
                proof: .newKeyInTraffic
            ),
            StepTemplate(
                .inform,
                by: .tenantAdministrator,
                to: .partner,
                "Informs the sender administrator that the key pair has been exchanged.",
                proof: .acknowledged
            ),
            StepTemplate(
                .startSending,
                by: .partner,
                "Starts sending messages.",
                proof: .trafficResumed
            ),
        ]
    )
}
