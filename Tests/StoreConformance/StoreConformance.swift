package import Keystore
package import Messaging
package import Renewal

/// What every store must do.
///
/// A store's tests run each of ``cases`` against storage of its own.
package struct StoreConformance: Sendable {
    /// One promise and how it is checked.
    package struct Case: Sendable, CustomStringConvertible {
        /// The promise, as a sentence.
        package let description: String
        /// Checks it on empty storage; expectations are recorded with swift-testing.
        package let check: @Sendable (StoreConformance) async throws -> Void

        init(_ description: String, _ check: @escaping @Sendable (StoreConformance) async throws -> Void) {
            self.description = description
            self.check = check
        }
    }

    /// A store through its three ports.
    package struct Store: Sendable {
        let keystore: any KeystoreStore
        let messaging: any MessagingStore
        let renewal: any RenewalStore

        /// `store` is one and the same behind all three.
        package init(_ store: some KeystoreStore & MessagingStore & RenewalStore) {
            keystore = store
            messaging = store
            renewal = store
        }
    }

    /// Opens the storage; each call is a new start of a program over the same data.
    let open: @Sendable () async throws -> Store

    /// A suite over storage that is empty when it is first opened.
    package init(open: @escaping @Sendable () async throws -> Store) {
        self.open = open
    }

    /// Every promise.
    package static let cases: [Case] =
        keystoreCases + renamingCases + keyLookUpCases + partnerCases + auditCases + checkpointCases + journalCases
        + standingCases
        + notificationCases
        + flowCases + queueCases + deliveryCases
        + replayCases
        + ledgerCases + exchangeLogCases + captureCases
        + openOperationCases + atomicityCases
}
