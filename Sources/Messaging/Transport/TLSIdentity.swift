import Cryptography
package import Keystore
package import NIOSSL
import Synchronization
package import Timekeeping

/// What one end of a TLS connection shows: a certificate with those above it, and its key.
package struct TLSIdentity: Sendable {
    /// The version whose certificate it is.
    package let version: KeyVersionID
    /// The certificates, leaf first.
    package let chain: [NIOSSLCertificateSource]
    /// The key, which never leaves the keystore's hands.
    package let key: NIOSSLPrivateKeySource

    fileprivate let certificate: Certificate
}

extension TLSIdentity {
    /// Whether its version is still the active one.
    package func isInUse(in snapshot: KeyringSnapshot) -> Bool {
        snapshot.version(version)?.state.canProtect == true
    }
}

extension TLSIdentity: Equatable {
    /// Whether both show the same certificates.
    package static func == (left: TLSIdentity, right: TLSIdentity) -> Bool {
        left.version == right.version && left.chain == right.chain
    }
}

/// The TLS identities of a keystore by alias: always those of the active versions, so that an exchange is seen by the next
/// connection.
package final class TLSIdentities: Sendable {
    private let keyring: Keyring
    private let clock: any WallClock
    private let uses: TLSUses
    private let end: TLSUses.End
    private let known = Mutex<[KeyAlias: TLSIdentity]>([:])

    /// The identities of `keyring` at the moments of `clock`, shown at one end of connections; handshakes are counted in `uses`.
    package init(
        keyring: Keyring,
        clock: any WallClock,
        uses: TLSUses = TLSUses(),
        end: TLSUses.End = .server
    ) {
        self.keyring = keyring
        self.clock = clock
        self.uses = uses
        self.end = end
        keyring.whenRefreshed { [weak self] snapshot in self?.forget(replacedIn: snapshot) }
    }

    /// Lets go of keys that are no longer in use, without waiting for the next connection.
    private func forget(replacedIn snapshot: KeyringSnapshot) {
        known.withLock { known in known = known.filter { $0.value.isInUse(in: snapshot) } }
    }

    /// The identity of the active version of `alias`.
    ///
    /// Throws what the keystore throws for a key that cannot sign now, and `CryptographyError.unsupportedKey` for one that
    /// cannot sign handshakes.
    package func identity(of alias: KeyAlias) throws -> TLSIdentity {
        let (id, key, certificate, chain) = try keyring.snapshot.signingCredential(alias, at: clock.now)
        if let known = known.withLock({ $0[alias] }), known.version == id, known.certificate == certificate {
            return known
        }
        guard TLSPrivateKey.canSign(key.algorithm) else {
            throw CryptographyError.unsupportedKey("\(key.algorithm) keys cannot sign TLS handshakes")
        }
        let didSign = { @Sendable [uses, end, clock] in uses.count(id, end, at: clock.now) }
        let identity = TLSIdentity(
            version: id,
            chain: try ([certificate] + chain).map { .certificate(try NIOSSLCertificate(bytes: $0.der, format: .der)) },
            key: .privateKey(NIOSSLPrivateKey(customPrivateKey: TLSPrivateKey(key, didSign: didSign))),
            certificate: certificate
        )
        known.withLock { $0[alias] = identity }
        return identity
    }
}
