package import Renewal

/// Who is told what by which channel, besides the inbox: what the configuration says.
package struct InformDirectory: Hashable, Sendable {
    /// A person, or a desk of several, that holds a role at an organisation.
    package struct Contact: Hashable, Sendable {
        /// The name that acknowledgements are recorded under.
        package let name: String
        /// Whose notifications it gets.
        package let party: Party
        /// Where mail goes.
        package let mail: MailAddress

        package init(name: String, party: Party, mail: MailAddress) {
            self.name = name
            self.party = party
            self.mail = mail
        }
    }

    /// A system that is told what an organisation is told.
    package struct Subscription: Hashable, Sendable {
        /// The webhook's name.
        package let webhook: String
        /// Whose notifications it gets.
        package let organisation: String
        /// Of one role alone; `nil` for every role of the organisation.
        package let role: Role?

        package init(webhook: String, organisation: String, role: Role?) {
            self.webhook = webhook
            self.organisation = organisation
            self.role = role
        }
    }

    /// The people with mail addresses.
    package let contacts: [Contact]
    /// The systems.
    package let subscriptions: [Subscription]

    package init(contacts: [Contact] = [], subscriptions: [Subscription] = []) {
        self.contacts = contacts
        self.subscriptions = subscriptions
    }

    /// One way by which a party is told.
    struct Route: Hashable {
        let channel: InformDelivery.Channel
        let address: String
        let person: String
    }

    /// Every way by which a party is told; none but the inbox when it is empty.
    func routes(to party: Party) -> [Route] {
        let mails = contacts.filter { $0.party == party }
            .map { Route(channel: .mail, address: $0.mail.text, person: $0.name) }
        let hooks =
            subscriptions.filter { $0.organisation == party.organisation && ($0.role ?? party.role) == party.role }
            .map { Route(channel: .webhook, address: $0.webhook, person: $0.webhook) }
        return mails + hooks
    }
}
