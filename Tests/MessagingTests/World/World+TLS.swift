import Cryptography
import Foundation
import Hummingbird
import HummingbirdTLS
import Keystore
import Logging
import Messaging
import NIOCore
import NIOSSL
import Synchronization
import TestSupport

extension PartnerKeys.Pair {
    /// A pair for TLS, valid by the clock of the tests and by the system's.
    init(_ name: String, hosts: [String], kind: KeyKind = .p256) throws {
        let key = try PrivateKey.generate(kind)
        let moments = [Date(), PartnerKeys.now]
        let certificate = try Certificate.selfSigned(
            key: key,
            subject: "CN=\(name)",
            hosts: hosts,
            notBefore: (moments.min() ?? Date()).addingTimeInterval(-86_400),
            notAfter: (moments.max() ?? Date()).addingTimeInterval(365 * 86_400)
        )
        self.init(key: key, certificate: certificate)
    }
}

/// The world's receiver behind TLS.
struct TLSReceiver: Sendable {
    /// Its URL by address.
    let url: String
    /// The client certificates that it was shown, one a connection.
    let shown: @Sendable () -> [Certificate]
}

extension World {
    /// Runs `body` with the receiver behind TLS as well; with `asksClients` it makes no connection without a certificate.
    ///
    /// It shows `issuers` with its certificate.
    func withTLSReceiver(
        _ pair: PartnerKeys.Pair,
        asksClients: Bool = false,
        issuers: [Certificate] = [],
        _ body: (TLSReceiver) async throws -> Void
    ) async throws {
        let shown = Recorder()
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try ([pair.certificate] + issuers)
                .map { .certificate(try NIOSSLCertificate(bytes: $0.der, format: .der)) },
            privateKey: .privateKey(
                try NIOSSLPrivateKey(bytes: pair.key.pkcs8().withUnsafeBytes { Array($0) }, format: .der)
            )
        )
        tls.trustRoots = .certificates([])
        tls.certificateVerification = asksClients ? .noHostnameVerification : .none
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = Application(
            responder: receiver.responder,
            server: try .tls(
                .http1(),
                configuration: TLSChannelConfiguration(tlsConfiguration: tls) { certificates in
                    try shown.add(certificates.first.map { try Certificate(der: $0.toDERBytes()) })
                    return .certificateVerified
                }
            ),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.runService(gracefulShutdownSignals: []) }
            guard let number = await ports.first(where: { _ in true }) else { return }
            try await body(TLSReceiver(url: "https://127.0.0.1:\(number)/orders", shown: { shown.all }))
            group.cancelAll()
        }
    }

    /// Imports a pair of the tenant and exchanges to it, and tells the keyring.
    func use(_ pair: PartnerKeys.Pair, as alias: String) async throws {
        let keystore: any KeystoreStore = store
        let (masterKey, now) = (masterKey, clock.now)
        try await keystore.write { transaction in
            let operations = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "test")
            let version = try operations.importPair(
                alias: KeyAlias(alias),
                key: pair.key,
                chain: [pair.certificate]
            )
            if version.state == .staged { _ = try operations.exchange(to: version.id) }
        }
        try await keyring.refresh()
    }

    private final class Recorder: Sendable {
        private let certificates = Mutex<[Certificate]>([])

        var all: [Certificate] { certificates.withLock { $0 } }

        func add(_ certificate: Certificate?) {
            guard let certificate else { return }
            certificates.withLock { $0.append(certificate) }
        }
    }
}
