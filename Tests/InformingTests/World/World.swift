import AsyncHTTPClient
import Cryptography
import Foundation
import Informing
import Keystore
import Messaging
import Renewal
import StoreSQLite
import TestSupport

/// A store of its own with notifications in it, and a dispatch whose channels a test chooses.
final class World {
    static let receiver = Party(role: .receiverAdministrator, organisation: "receiver")
    static let administrator = Party(role: .tenantAdministrator, organisation: "tenant")

    let clock = SimulatedClock(now: Date())
    let store: SQLiteStore
    let folder: URL
    let http: HTTPClient
    var mail: InformChannels.Mail?
    var webhooks: [Webhook] = []
    var subscriptions: [InformDirectory.Subscription] = []
    var address = "rita@receiver.example"
    var retries = InformRetries()
    var rules = ReceiverRules(networks: ["127.0.0.0/8"].compactMap(IPNetwork.init))

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "rekey-informs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try SQLiteStore(path: folder.appending(path: "store.sqlite").path)
        http = HTTPClient(configuration: .forReceivers(rules))
    }

    /// Runs `body` in a world that is there for it alone.
    static func run(_ body: (World) async throws -> Void) async throws {
        let world = try World()
        defer { try? FileManager.default.removeItem(at: world.folder) }
        do {
            try await body(world)
        } catch {
            try? await world.http.shutdown()
            throw error
        }
        try await world.http.shutdown()
    }

    /// A dispatch that knows nothing but the store.
    var dispatch: InformDispatch {
        get throws {
            var contacts: [InformDirectory.Contact] = []
            if let mail = MailAddress(address) {
                contacts.append(InformDirectory.Contact(name: "rita", party: Self.receiver, mail: mail))
            }
            return InformDispatch(
                store: store,
                clock: clock,
                directory: InformDirectory(contacts: contacts, subscriptions: subscriptions),
                channels: InformChannels(
                    mail: mail,
                    webhooks: webhooks,
                    webhookClient: WebhookClient(http: http, rules: rules, tenant: "tenant", patience: .seconds(20)),
                    links: InformLinkTerms(base: "https://rekey.tenant.example/", lifetime: .seconds(3_600))
                ),
                retries: retries,
                tenant: "tenant"
            )
        }
    }

    /// Mail goes to this server from now on.
    func useMail(
        _ port: Int,
        host: String = "localhost",
        _ security: SMTPServer.Security = .none,
        user: String? = nil,
        password: String = "secret",
        trust: String? = nil
    ) throws {
        let credential = user.map {
            SMTPServer.Credential(user: $0, password: SecretKey(copying: Array(password.utf8)))
        }
        var server = SMTPServer(
            host: host,
            port: port,
            security: security,
            credential: credential,
            trust: trust,
            greeting: "tenant.example"
        )
        server.patience = .seconds(20)
        guard let from = MailAddress("rekey@tenant.example") else { return }
        mail = InformChannels.Mail(server: server, from: from)
    }

    /// Stores a notification, as a renewal would.
    func notify(
        _ id: String = "orders-1.3-provide",
        to party: Party = World.receiver,
        subject: String = "Renewal of orders: 3-provide",
        text: String = "Provides the new certificate.",
        attachments: [RenewalNotification.Attachment] = [],
        calendar: CalendarEntry? = nil
    ) async throws {
        let notification = RenewalNotification(
            id: RenewalNotification.ID(rawValue: id),
            renewal: RenewalID(rawValue: "orders-1"),
            step: StepID(rawValue: "3-provide"),
            sender: Self.administrator,
            addressee: party,
            subject: subject,
            text: text,
            attachments: attachments,
            calendar: calendar,
            createdAt: clock.now
        )
        try await store.write { (transaction: any RenewalTransaction) in
            try transaction.insertNotification(notification)
        }
    }

    func deliveries(_ state: InformDelivery.State) async throws -> [InformDelivery] {
        try await store.read { (transaction: any RenewalTransaction) in
            try transaction.deliveries(in: state, limit: 100)
        }
    }

    func inbox(_ party: Party) async throws -> [RenewalNotification] {
        try await store.read { (transaction: any RenewalTransaction) in try transaction.notifications(to: party) }
    }

    /// A certificate for `localhost` and its key, as files.
    func certificate() throws -> (certificate: String, key: String) {
        let key = try PrivateKey.generate(.p256)
        let certificate = try Certificate.selfSigned(
            key: key,
            subject: "CN=localhost",
            hosts: ["localhost"],
            notBefore: Date() - 60,
            notAfter: Date() + 86_400
        )
        let files = (folder.appending(path: "mail.pem"), folder.appending(path: "mail.key"))
        try Data(certificate.pem.utf8).write(to: files.0)
        try Data(key.pem().utf8).write(to: files.1)
        return (files.0.path, files.1.path)
    }
}
