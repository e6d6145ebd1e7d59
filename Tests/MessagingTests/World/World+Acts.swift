import Cryptography
import Foundation
import GRDB
import Keystore
import Messaging
import TestSupport
import Testing
import WSSecurity

extension World {
    /// Deploys the flow that most tests use.
    @discardableResult
    func deploy(pattern: FlowPattern = .requestReply) async throws -> IntegrationFlow {
        let flow = try Fixtures.flow(pattern: pattern, url: url)
        try await runtime.deploy(flow)
        return flow
    }

    /// An order as the sender sends it.
    func request(
        _ id: String,
        signedBy signer: PartnerKeys.Pair? = nil,
        at moment: Date? = nil,
        version: SOAPVersion = .soap11
    ) throws -> [UInt8] {
        try protect(Fixtures.order(id, version: version), signedBy: signer, at: moment)
    }

    /// An envelope as the sender protects it.
    func protect(
        _ envelope: [UInt8],
        signedBy signer: PartnerKeys.Pair? = nil,
        at moment: Date? = nil
    ) throws -> [UInt8] {
        let signer = signer ?? keys.senderSign
        let outbound = OutboundProtection(
            signature: (SignatureSettings(), SigningCredential(key: signer.key, certificate: signer.certificate)),
            encryption: (EncryptionSettings(), keys.tenantDecrypt.certificate)
        )
        return try MessageProtector(outbound).protect(envelope, now: moment ?? clock.now)
    }

    /// Sends an order to the runtime; the answer leaves at once.
    func send(
        _ id: String,
        to path: String = "/in/orders",
        contentType: String = "text/xml; charset=utf-8",
        on runtime: TenantRuntime? = nil
    ) async throws -> InboundReply {
        try await send(request(id), to: path, contentType: contentType, on: runtime)
    }

    func send(
        _ message: [UInt8],
        to path: String = "/in/orders",
        contentType: String = "text/xml; charset=utf-8",
        headers: [(name: String, value: String)] = [],
        on runtime: TenantRuntime? = nil
    ) async -> InboundReply {
        let reply = await answer(
            message,
            to: path,
            contentType: contentType,
            headers: headers,
            on: runtime ?? self.runtime
        )
        reply.exchange?.end()
        return reply
    }

    /// The runtime's answer, before it has left.
    func answer(
        _ message: [UInt8],
        to path: String = "/in/orders",
        contentType: String = "text/xml; charset=utf-8",
        headers: [(name: String, value: String)] = [],
        on runtime: TenantRuntime
    ) async -> InboundReply {
        await runtime.handle(
            path: path,
            headers: [("Content-Type", contentType), ("SOAPAction", "\"urn:place\"")] + headers,
            body: Payload(message)
        )
    }

    /// Reads an answer as the sender does.
    func open(_ reply: InboundReply) throws -> ProcessedMessage {
        let tenant = keyring.snapshot.accepted([try KeyAlias("tenant-reply-sign")]).map(\.certificate)
        let processor = MessageProcessor(
            policy: InboundPolicy(encrypted: [.body]),
            keys: StaticTrustedKeys(
                verifying: tenant,
                decrypting: [
                    DecryptionKey(certificate: keys.senderDecrypt.certificate, key: keys.senderDecrypt.key)
                ]
            )
        )
        return try processor.process(reply.body, receivedAt: clock.now)
    }

    func flowID(_ name: String = "orders") throws -> FlowID {
        guard let id = FlowID(rawValue: name) else { throw KeystoreError.invalidName(name) }
        return id
    }

    /// Adds a version to `alias` and exchanges to it, without telling the keyring.
    func exchange(_ alias: String) async throws -> (old: KeyVersionID, new: KeyVersionID) {
        let keystore: any KeystoreStore = store
        let masterKey = masterKey
        let now = clock.now
        return try await keystore.write { transaction in
            let alias = try KeyAlias(alias)
            let operations = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "test")
            let old = try transaction.versions(of: alias).first { $0.state == .active }
            let new = try operations.create(
                alias: alias,
                kind: .p256,
                subject: "CN=next",
                validity: .seconds(30 * 86_400)
            )
            _ = try operations.exchange(to: new.id)
            return (old?.id ?? new.id, new.id)
        }
    }

    /// Registers a certificate of a partner, and tells the keyring.
    func addCertificate(_ pair: PartnerKeys.Pair, as alias: String, of partner: String) async throws {
        let keystore: any KeystoreStore = store
        let (masterKey, now) = (masterKey, clock.now)
        try await keystore.write { transaction in
            let operations = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "test")
            _ = try operations.importCertificate(
                alias: KeyAlias(alias),
                chain: [pair.certificate],
                partner: PartnerID(partner)
            )
        }
        try await keyring.refresh()
    }

    /// The stored messages of the flow.
    func messages() async throws -> [StoredMessage] {
        let messaging: any MessagingStore = store
        let id = try flowID()
        return try await messaging.read { try $0.messages(of: id, limit: 100_000) }
    }

    /// Returns when the stored messages are as `isSo` says; throws after a minute.
    func wait(until isSo: ([StoredMessage]) -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while try await !isSo(messages()) {
            guard ContinuousClock.now < end else { throw WaitingError.neverSo }
            await Task.yield()
        }
    }

    /// What was waited for did not come.
    enum WaitingError: Error { case neverSo }

    /// Stops the flow, which waits for deliveries under way, and starts it again.
    func settle() async throws {
        _ = try await runtime.undeploy(flowID())
        try await runtime.redeploy(flowID())
    }

    /// Returns when a message has come to the flow's door.
    func waitForArrival(on flow: FlowID) async throws {
        let messaging: any MessagingStore = store
        while true {
            try await runtime.flushLedger()
            if try await messaging.read({ try $0.flowEvents() })[FlowAccount(flow: flow, event: .arrived)] != nil {
                return
            }
            await Task.yield()
        }
    }
}

extension World {
    /// An envelope signed by the sender.
    func signed(_ envelope: [UInt8], actor: String? = nil) throws -> [UInt8] {
        let credential = SigningCredential(key: keys.senderSign.key, certificate: keys.senderSign.certificate)
        let outbound = OutboundProtection(signature: (SignatureSettings(), credential), actor: actor)
        return try MessageProtector(outbound).protect(envelope, now: clock.now)
    }

    /// An envelope signed and encrypted by the sender.
    func protected(_ envelope: [UInt8]) throws -> [UInt8] {
        let credential = SigningCredential(key: keys.senderSign.key, certificate: keys.senderSign.certificate)
        let outbound = OutboundProtection(
            signature: (SignatureSettings(), credential),
            encryption: (EncryptionSettings(), keys.tenantDecrypt.certificate)
        )
        return try MessageProtector(outbound).protect(envelope, now: clock.now)
    }

    /// Reads a message of the tenant as the receiver does.
    func openAsReceiver(_ message: [UInt8], actor: String? = nil, isEncrypted: Bool = true) throws -> ProcessedMessage {
        let tenant = keyring.snapshot.accepted([try KeyAlias("tenant-sign")]).map(\.certificate)
        let keys = StaticTrustedKeys(
            verifying: tenant,
            decrypting: [DecryptionKey(certificate: keys.receiverDecrypt.certificate, key: keys.receiverDecrypt.key)]
        )
        let policy = InboundPolicy(encrypted: isEncrypted ? [.body] : [], actor: actor)
        return try MessageProcessor(policy: policy, keys: keys).process(message, receivedAt: clock.now)
    }

    /// Runs `body` while the store refuses a kind of write, such as `INSERT ON audit`, as a broken one would.
    func refusing(_ write: String, _ body: () async throws -> Void) async throws {
        var configuration = Configuration()
        // The runtime writes meanwhile.
        configuration.busyMode = .timeout(60)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let refusal = "CREATE TRIGGER refusal BEFORE \(write) BEGIN SELECT RAISE(ABORT, 'refused by the test'); END"
        try await queue.write { try $0.execute(sql: refusal) }
        try await body()
        try await queue.write { try $0.execute(sql: "DROP TRIGGER refusal") }
        try queue.close()
    }

    /// Waits, within a bound, for a fact.
    func until(_ isTrue: () async throws -> Bool) async throws {
        for _ in 0..<2000 {
            if try await isTrue() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it did not come true")
    }
}
