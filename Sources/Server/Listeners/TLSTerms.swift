package import Keystore

/// What the TLS of a listener is to be.
package struct TLSTerms: Hashable, Sendable {
    /// What callers are asked for.
    package enum ClientCertificates: String, Hashable, Sendable, CaseIterable {
        /// Nothing.
        case none
        /// A certificate, if they have one; which ones are good enough is each flow's matter.
        case optional
        /// A certificate that is registered for a partner: others get no connection.
        case required
    }

    /// The key that the listener shows.
    package let alias: KeyAlias
    /// What callers are asked for.
    package let clientCertificates: ClientCertificates

    /// A listener with the key `alias`.
    package init(alias: KeyAlias, clientCertificates: ClientCertificates = .none) {
        self.alias = alias
        self.clientCertificates = clientCertificates
    }
}
