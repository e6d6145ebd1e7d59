/// The ways out that the configuration opens.
package struct InformChannels: Sendable {
    /// How mail goes out.
    package struct Mail: Sendable {
        let client: SMTPClient
        let from: MailAddress

        package init(server: SMTPServer, from: MailAddress) {
            client = SMTPClient(server: server)
            self.from = from
        }
    }

    /// `nil` when no mail server is configured.
    let mail: Mail?
    let webhooks: [String: Webhook]
    let webhookClient: WebhookClient
    /// `nil` when mails have no links.
    let links: InformLinkTerms?

    package init(mail: Mail?, webhooks: [Webhook], webhookClient: WebhookClient, links: InformLinkTerms?) {
        self.mail = mail
        self.webhooks = Dictionary(webhooks.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.webhookClient = webhookClient
        self.links = links
    }
}
