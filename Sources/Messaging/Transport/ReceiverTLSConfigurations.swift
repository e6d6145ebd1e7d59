import Cryptography
import Keystore
import NIOSSL
import Synchronization

/// The TLS configurations towards receivers, with the certificates of the moment: an exchange is seen by the next
/// connection, and those that stand go on.
final class ReceiverTLSConfigurations: Sendable {
    /// Why there is none: a matter of the tenant's keystore, which its operator can mend.
    struct Unusable: Error {
        let reason: String
    }

    private struct Place: Hashable {
        let settings: ReceiverTLS
        let partner: PartnerID
    }

    private struct Entry {
        let roots: [Certificate]
        let identity: TLSIdentity?
        let configuration: TLSConfiguration
    }

    private let keyring: Keyring
    private let identities: TLSIdentities
    private let known = Mutex<[Place: Entry]>([:])

    init(keyring: Keyring, identities: TLSIdentities) {
        self.keyring = keyring
        self.identities = identities
        keyring.whenRefreshed { [weak self] snapshot in
            self?.known
                .withLock { known in
                    known = known.filter { $0.value.identity?.isInUse(in: snapshot) ?? true }
                }
        }
    }

    /// The configuration for `channel`; `nil` when the client's own is meant.
    func configuration(for channel: ReceiverChannel) throws(Unusable) -> TLSConfiguration? {
        guard let settings = channel.tls else { return nil }
        let place = Place(settings: settings, partner: channel.partner)
        let roots = try roots(settings, of: channel.partner)
        let identity = try settings.certificate.map { alias throws(Unusable) in try self.identity(alias) }
        if let entry = known.withLock({ $0[place] }), entry.roots == roots, entry.identity == identity {
            return entry.configuration
        }
        let entry = Entry(
            roots: roots,
            identity: identity,
            configuration: try Self.configuration(settings, roots, identity)
        )
        known.withLock { $0[place] = entry }
        return entry.configuration
    }

    private func roots(_ settings: ReceiverTLS, of partner: PartnerID) throws(Unusable) -> [Certificate] {
        let snapshot = keyring.snapshot
        let roots = settings.trust.flatMap { snapshot.versions(of: $0) }
            .filter { $0.owner == .partner(partner) && $0.state.canProcess }
            .flatMap(\.chain)
        guard settings.trust.isEmpty || !roots.isEmpty else {
            let names = settings.trust.map(\.rawValue).joined(separator: ", ")
            throw Unusable(reason: "no certificate of \(partner) is accepted under \(names): import one")
        }
        return roots
    }

    private func identity(_ alias: KeyAlias) throws(Unusable) -> TLSIdentity {
        do {
            return try identities.identity(of: alias)
        } catch {
            throw Unusable(reason: "the client certificate cannot be shown: \(error)")
        }
    }

    private static func configuration(
        _ settings: ReceiverTLS,
        _ roots: [Certificate],
        _ identity: TLSIdentity?
    ) throws(Unusable) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.raiseFloor(to: settings.minimumVersion.version)
        if !roots.isEmpty {
            do {
                configuration.trustRoots = .certificates(
                    try roots.map { try NIOSSLCertificate(bytes: $0.der, format: .der) }
                )
            } catch {
                throw Unusable(reason: "a trusted certificate cannot be read by TLS")
            }
        }
        if let identity {
            configuration.certificateChain = identity.chain
            configuration.privateKey = identity.key
        }
        return configuration
    }
}
