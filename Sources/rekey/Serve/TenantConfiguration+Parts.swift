import AsyncHTTPClient
import Foundation
import Informing
import Keystore
import Messaging
import Renewal
import Server
import Timekeeping

extension TenantConfiguration {
    /// The clock of all parts: the system's, in a rehearsal shifted by what the file says.
    var clock: any WallClock {
        rehearsalClock.map { RehearsalClock(offsetFile: $0) } ?? SystemWallClock()
    }

    /// The limits and habits of the runtime, with the passwords of all credentials and the archive.
    func runtime(masterKey: MasterKey, environment: [String: String]) throws(Failure) -> RuntimeConfiguration {
        var runtime = RuntimeConfiguration()
        runtime.documentReader = ProgramBuild.name
        runtime.receivers = receivers
        runtime.transport = messages.transport
        for (name, listener) in [("messages", messages), ("management", management)] {
            if let tls = listener.tls { runtime.listenerKeys[name] = tls.alias }
        }
        limits.apply(to: &runtime)
        runtime.logRetention = operation.logRetention
        runtime.capture = operation.capture
        runtime.payloads.spoolFolder = try preparedSpool()
        runtime.archive = archive.map { MessageArchive(folder: $0, masterKey: masterKey) }
        for credential in credentials {
            runtime.credentials[credential.name] = try credential.read(environment: environment)
        }
        for assertion in assertions { runtime.assertions[assertion.name] = assertion.file }
        return runtime
    }

    /// The spool folder, which only its owner may enter; made when it is not there.
    private func preparedSpool() throws(Failure) -> String {
        do {
            try FileManager.default.createDirectory(
                atPath: spool,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: spool)
            return spool
        } catch {
            throw Failure(
                "the spool folder \(spool) cannot be used: \(error.localizedDescription)",
                hint: "name a folder of this tenant's own in `spool`, on a local disk",
                status: .configuration
            )
        }
    }

    /// What delivers notifications beyond the inboxes, with passwords and secrets read.
    func informDispatch(
        store: any RenewalStore,
        http: HTTPClient,
        environment: [String: String]
    ) throws(Failure) -> InformDispatch {
        var webhooks: [Webhook] = []
        for webhook in informs.webhooks { try webhooks.append(webhook.webhook(environment: environment)) }
        var mail: InformChannels.Mail?
        if let configured = informs.mail { mail = try configured.channel(environment: environment) }
        return InformDispatch(
            store: store,
            clock: clock,
            directory: informs.directory(of: people),
            channels: InformChannels(
                mail: mail,
                webhooks: webhooks,
                webhookClient: WebhookClient(http: http, rules: receivers, tenant: organisation),
                links: informs.links
            ),
            retries: informs.retries,
            tenant: organisation
        )
    }

    /// The accounts of all people; refuses a token that is missing, short or given to two.
    func accounts(environment: [String: String]) throws(Failure) -> [Account] {
        var owners: [String: String] = [:]
        var accounts: [Account] = []
        for person in people {
            let token = try person.readToken(environment: environment)
            if let other = owners.updateValue(person.actor.name, forKey: token) {
                throw Failure(
                    "\(other) and \(person.actor.name) have the same token",
                    hint: "give each person a token of their own",
                    status: .configuration
                )
            }
            accounts.append(Account(actor: person.actor, token: token))
        }
        return accounts
    }
}
