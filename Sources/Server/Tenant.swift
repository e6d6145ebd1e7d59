package import Keystore
package import Messaging
package import Renewal
package import Timekeeping

/// The parts of a running tenant that the listeners speak to.
package struct Tenant: Sendable {
    /// The tenant's own organisation.
    package let organisation: String
    /// What the time is.
    package let clock: any WallClock
    /// The store, as the keystore sees it.
    package let keystore: any KeystoreStore
    /// The store, as messaging sees it.
    package let messaging: any MessagingStore
    /// The store, as renewals see it.
    package let renewalStore: any RenewalStore
    /// What private keys are sealed under.
    package let masterKey: MasterKey
    /// The keys in use.
    package let keyring: Keyring
    /// Serves the flows.
    package let runtime: TenantRuntime
    /// Carries renewals out.
    package let renewals: RenewalEngine
    /// What is known of the partners' systems.
    package let partners: PartnerRegistry
    /// What the parts report about themselves.
    package let health: TenantHealth

    /// A tenant of parts that share one store.
    package init(
        organisation: String,
        clock: any WallClock,
        keystore: any KeystoreStore,
        messaging: any MessagingStore,
        renewalStore: any RenewalStore,
        masterKey: MasterKey,
        keyring: Keyring,
        runtime: TenantRuntime,
        renewals: RenewalEngine,
        partners: PartnerRegistry,
        health: TenantHealth = TenantHealth()
    ) {
        self.organisation = organisation
        self.clock = clock
        self.keystore = keystore
        self.messaging = messaging
        self.renewalStore = renewalStore
        self.masterKey = masterKey
        self.keyring = keyring
        self.runtime = runtime
        self.renewals = renewals
        self.partners = partners
        self.health = health
    }
}
