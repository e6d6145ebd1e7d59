package import Keystore
package import Messaging
package import Renewal
package import Timekeeping

/// The parts of a running tenant that the listeners speak to.
package struct Tenant: Sendable {
    /// The tenant's own organisation.
    package let organisation: String
    package let clock: any WallClock
    package let keystore: any KeystoreStore
    package let messaging: any MessagingStore
    package let renewalStore: any RenewalStore
    package let masterKey: MasterKey
    package let keyring: Keyring
    package let runtime: TenantRuntime
    package let renewals: RenewalEngine
    package let partners: PartnerRegistry

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
        partners: PartnerRegistry
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
    }
}
