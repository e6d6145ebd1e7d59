import Informing
import Keystore
import Renewal
import Server

extension ConfigurationReview {
    /// Passwords and secrets of the channels can be read, and every partner is told by more than an inbox.
    mutating func reviewInforms() {
        let (configuration, environment) = (configuration, environment)
        attempt { _ = try configuration.informs.mail?.channel(environment: environment) }
        for webhook in configuration.informs.webhooks { attempt { _ = try webhook.webhook(environment: environment) } }
        guard configuration.informs.mail != nil || !configuration.informs.webhooks.isEmpty else { return }
        let directory = configuration.informs.directory(of: configuration.people)
        let reached = Set(directory.contacts.map(\.party.organisation) + directory.subscriptions.map(\.organisation))
        for organisation in [configuration.organisation] + configuration.partners.map(\.id.rawValue)
        where !reached.contains(organisation) {
            warn(
                "nobody of \(organisation) is told by mail or webhook: informs lie in the inbox alone",
                mend: "give one of its people a `mail`, or add a contact to informs.contacts"
            )
        }
        if configuration.informs.links == nil, !directory.contacts.isEmpty {
            warn("mails have no links to acknowledge with", mend: "write informs.links {base: https://…}")
        }
    }
}
