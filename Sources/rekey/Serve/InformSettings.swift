import Cryptography
import Foundation
import Informing
import Renewal

/// `informs:` of a tenant's configuration: who is told by which channel, besides the inbox.
struct InformSettings {
    /// The mail server; nil when no mail is sent.
    let mail: ConfiguredMail?
    /// The systems that are told.
    let webhooks: [ConfiguredWebhook]
    /// People and desks without a token: they acknowledge through links alone.
    let contacts: [InformDirectory.Contact]
    /// Where links lead; nil when mails have none.
    let links: InformLinkTerms?
    /// How often and how long a delivery is tried.
    let retries: InformRetries

    /// Reads `{mail: …, webhooks: […], contacts: […], links: …, retries: …}`; nil sends nothing.
    init(_ node: ConfigurationNode?) throws(ConfigurationFault) {
        try node?.allow("mail", "webhooks", "contacts", "links", "retries")
        mail = try node?.optionalChild("mail").map(ConfiguredMail.init)
        var webhooks: [ConfiguredWebhook] = []
        for item in try node?.optionalChild("webhooks")?.items() ?? [] { try webhooks.append(ConfiguredWebhook(item)) }
        self.webhooks = webhooks
        var contacts: [InformDirectory.Contact] = []
        for item in try node?.optionalChild("contacts")?.items() ?? [] {
            try contacts.append(InformDirectory.Contact(item))
        }
        self.contacts = contacts
        links = try node?.optionalChild("links").map(InformLinkTerms.init)
        retries = try InformRetries(node?.optionalChild("retries"))
        if let node, mail == nil, !contacts.isEmpty {
            throw node.fault("contacts without a mail server", mend: "write informs.mail")
        }
        for name in webhooks.map(\.name) where webhooks.count(where: { $0.name == name }) > 1 {
            throw ConfigurationFault.twice(node, name)
        }
    }

    /// Who is told: the configuration's people who have a mail address, the contacts, the webhooks.
    func directory(of people: [ConfiguredPerson]) -> InformDirectory {
        let own = people.compactMap { person in
            person.mail.map { mail in
                let party = Party(role: person.actor.role, organisation: person.actor.organisation)
                return InformDirectory.Contact(name: person.actor.name, party: party, mail: mail)
            }
        }
        return InformDirectory(contacts: own + contacts, subscriptions: webhooks.map(\.subscription))
    }
}

extension ConfigurationFault {
    fileprivate static func twice(_ node: ConfigurationNode?, _ name: String) -> ConfigurationFault {
        let mend = "give each webhook a name of its own"
        return node?.fault("two webhooks are named \(name)", mend: mend)
            ?? ConfigurationFault(
                file: "",
                line: nil,
                key: "informs",
                cause: "two webhooks are named \(name)",
                mend: mend
            )
    }
}

extension InformDirectory.Contact {
    /// Reads `{name: …, role: …, organisation: …, mail: …}`.
    fileprivate init(_ node: ConfigurationNode) throws(ConfigurationFault) {
        try node.allow("name", "role", "organisation", "mail")
        let role = try node.child("role", mend: "write one of the four roles").word(Role.self)
        guard role != .system else {
            throw node.fault("no contact is the system", mend: "write one of the four roles")
        }
        try self.init(
            name: node.child("name", mend: "name the person or the desk; acknowledgements carry that name").text(),
            party: Party(
                role: role,
                organisation: node.child("organisation", mend: "the tenant's organisation, or a partner's id").text()
            ),
            mail: MailAddress(node.child("mail", mend: "write the mail address"))
        )
    }
}

extension MailAddress {
    /// Reads a plain address.
    init(_ node: ConfigurationNode) throws(ConfigurationFault) {
        let text = try node.text()
        guard let address = MailAddress(text) else {
            throw node.fault("`\(text)` is no plain mail address", mend: "write local@domain, without a name")
        }
        self = address
    }
}

extension InformLinkTerms {
    /// Reads `{base: https://…, hours: …}`.
    fileprivate init(_ node: ConfigurationNode) throws(ConfigurationFault) {
        try node.allow("base", "hours")
        let base = try node.child("base", mend: "write the address under which partners reach the management listener")
        let text = try base.text()
        let url = URL(string: text)
        let isLocal = url?.host() == "127.0.0.1" || url?.host() == "localhost"
        guard let url, url.scheme == "https" || url.scheme == "http" && isLocal, url.host() != nil, url.query() == nil,
            url.user() == nil, url.fragment() == nil
        else {
            throw base.fault("`\(text)` is no https address", mend: "write https://HOST or https://HOST/PATH")
        }
        let hours = try node.optionalChild("hours")?.number(atLeast: 1) ?? 14 * 24
        self.init(base: text, lifetime: .seconds(hours * 3_600))
    }
}

extension InformRetries {
    /// Reads `{first: …, longest: …, patience: …}` in seconds.
    fileprivate init(_ node: ConfigurationNode?) throws(ConfigurationFault) {
        self.init()
        try node?.allow("first", "longest", "patience")
        if let first = try node?.optionalChild("first")?.number(atLeast: 1) { firstPause = .seconds(first) }
        if let longest = try node?.optionalChild("longest")?.number(atLeast: 1) { longestPause = .seconds(longest) }
        if let all = try node?.optionalChild("patience")?.number(atLeast: 1) { patience = .seconds(all) }
    }
}
