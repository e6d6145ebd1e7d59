/// The tenant encrypts responses to a sender system, which decrypts them (document 000).
///
/// Where the document says "verify payloads signed by", it is read as *decrypt payloads encrypted by*.
package enum TenantEncryptsInboundResponse {
    /// "Sender is able to decrypt payloads encrypted by the old key and by the new key at the same time".
    package static let dual = Procedure(
        .tenantEncryptsInboundResponse,
        .dual,
        source: "document 000, first part",
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
                "Configures the sender system to decrypt payloads encrypted by the old key and by the new key.",
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
                "Informs the sender administrator that the certificate has been exchanged.",
                proof: .acknowledged
            ),
            StepTemplate(
                .removeOld,
                by: .partner,
                "Removes the old key pair: the sender system decrypts only payloads encrypted by the new key.",
                entry: .oldKeyOutOfUse,
                proof: .asserted
            ),
        ]
    )

    /// "Sender is only able to decrypt payloads encrypted by the same key at one time".
    package static let single = Procedure(
        .tenantEncryptsInboundResponse,
        .single,
        source: "document 000, second part",
        steps: [
            StepTemplate(
                .createKeyPair,
                by: .partner,
                "Creates a new key pair and certificate.",
                proof: .asserted
            ),
            StepTemplate(
                .agreeDowntime,
                by: .tenantAdministrator,
                to: .partner,
                "Agrees a downtime with the sender administrator, so that no encrypted messages are sent meanwhile.",
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
                "Exchanges the key pair in the sender system.",
                proof: .asserted
            ),
            StepTemplate(
                .provideCertificate,
                by: .partner,
                to: .tenantAdministrator,
                "Provides the new certificate; informs that sending has stopped and the key pair is exchanged.",
                needs: [.certificate],
                proof: .acknowledged
            ),
            StepTemplate(
                .drain,
                by: .tenantAdministrator,
                "Ensures that no messages encrypted with the old key are in the system.",
                proof: .drained
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
                "Informs the sender administrator that the certificate has been exchanged.",
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
