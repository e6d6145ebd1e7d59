import Cryptography
import Keystore
import Logging
import Messaging
import NIOCore
import NIOSSL
import Synchronization
import Timekeeping

/// The TLS of a listener: every new connection is shown the certificate that is active then.
final class ListenerTLS: Sendable {
    private let terms: TLSTerms
    private let tenant: Tenant
    private let identities: TLSIdentities
    private let logger: Logger
    private let current = Mutex<(identity: TLSIdentity, context: NIOSSLContext)?>(nil)
    /// The version that connections saw last.
    private let shown = Mutex<KeyVersionID?>(nil)

    init(_ terms: TLSTerms, of tenant: Tenant, logger: Logger) {
        self.terms = terms
        self.tenant = tenant
        self.logger = logger
        identities = TLSIdentities(keyring: tenant.keyring, clock: tenant.clock, uses: tenant.runtime.tlsUses)
        tenant.keyring.whenRefreshed { [weak self] snapshot in
            self?.current
                .withLock { current in
                    if current?.identity.isInUse(in: snapshot) == false { current = nil }
                }
        }
    }

    /// Whether it holds a key, which a connection that was made left here.
    var holdsKey: Bool { current.withLock { $0 != nil } }

    /// The handlers of a new connection.
    ///
    /// Throws what the keystore throws when the alias has no key to show now; that is logged.
    func handlers() throws -> [any ChannelHandler] {
        let context: NIOSSLContext
        do {
            context = try self.context()
        } catch {
            logger.error(
                "TLS connection refused: the listener has no key to show",
                metadata: ["key.alias": "\(terms.alias)", "error": "\(error)"]
            )
            throw error
        }
        let handler =
            terms.clientCertificates == .none
            ? NIOSSLServerHandler(context: context)
            : NIOSSLServerHandler(context: context) { [self] certificates, verdict in
                judge(certificates, verdict)
            }
        return [handler, HandshakeLog(logger: logger)]
    }

    /// The context with the identity of this moment; connections that stand keep theirs.
    private func context() throws -> NIOSSLContext {
        let identity = try identities.identity(of: terms.alias)
        return try current.withLock { current in
            if let current, current.identity == identity { return current.context }
            let context = try NIOSSLContext(configuration: configuration(identity))
            let former = shown.withLock { shown in
                defer { shown = identity.version }
                return shown
            }
            if former != nil {
                logger.notice(
                    "new TLS connections see another certificate",
                    metadata: ["key.version": "\(identity.version)"]
                )
            }
            current = (identity, context)
            return context
        }
    }

    private func configuration(_ identity: TLSIdentity) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: identity.chain,
            privateKey: identity.key
        )
        configuration.raiseFloor()
        // What a client shows is compared with the certificates that are registered, so no root counts.
        configuration.trustRoots = .certificates([])
        configuration.certificateVerification =
            switch terms.clientCertificates {
            case .none: .none
            case .optional: .optionalVerification
            case .required: .noHostnameVerification
            }
        return configuration
    }

    private func judge(
        _ certificates: [NIOSSLCertificate],
        _ verdict: EventLoopPromise<NIOSSLVerificationResult>
    ) {
        guard terms.clientCertificates == .required else { return verdict.succeed(.certificateVerified) }
        guard let der = try? certificates.first?.toDERBytes(), let leaf = try? Certificate(der: der) else {
            return verdict.succeed(.failed)
        }
        guard !tenant.keyring.isWhole else { return verdict.succeed(accepts(leaf) ? .certificateVerified : .failed) }
        verdict.completeWithTask { [self] in
            try await tenant.keyring.take(identifiedBy: leaf)
            return accepts(leaf) ? .certificateVerified : .failed
        }
    }

    private func accepts(_ leaf: Certificate) -> Bool {
        let now = tenant.clock.now
        let isRegistered = tenant.keyring.snapshot.accepted(leaf).contains { $0.owner != .tenant }
        if !isRegistered || !leaf.isValid(at: now) {
            let cause = isRegistered ? "it is not valid now" : "it is registered for no partner"
            logger.warning(
                "client certificate refused",
                metadata: ["certificate": "\(leaf)", "refusal.cause": "\(cause)"]
            )
        }
        return isRegistered && leaf.isValid(at: now)
    }
}
