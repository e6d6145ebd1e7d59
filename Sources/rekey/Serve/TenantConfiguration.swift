import Foundation
import Informing
import Keystore
import Messaging
import Renewal
import Server

/// What `rekey serve --config` reads, checked as a whole.
struct TenantConfiguration {
    /// The tenant's own organisation.
    let organisation: String
    /// Where SOAP messages arrive.
    let messages: ConfiguredListener
    /// Where the management API is served.
    let management: ConfiguredListener
    /// The SQLite file.
    let store: String
    /// Where the master key lies.
    let masterKey: MasterKeySource
    /// The master key that was in use before, while it is rotated.
    let formerMasterKey: MasterKeySource?
    /// The devices in which private keys of the tenant may lie.
    let tokens: [ConfiguredToken]
    /// The folder of flow files that are deployed at the first start; nil when there is none.
    let flows: String?
    /// The folder where flows save messages; nil when there is none.
    let archive: String?
    /// The folder of temporary files for large messages.
    let spool: String
    /// The partners and their capabilities, registered at the first start.
    let partners: [PartnerRegistry.Partner]
    /// Who may use the management API.
    let people: [ConfiguredPerson]
    /// The users whose tokens flows may send.
    let credentials: [ConfiguredCredential]
    /// Where flows may send.
    let receivers: ReceiverRules
    /// How much the runtime keeps.
    let limits: RuntimeLimits
    /// The SAML assertions that flows may send.
    let assertions: [ConfiguredAssertion]
    /// How it is watched and ended.
    let operation: OperationSettings
    /// The clocks and counts of renewals.
    let renewal: RenewalSettings
    /// Who is told by mail and webhooks.
    let informs: InformSettings
    /// The file that shifts the clock; nil outside of rehearsals.
    let rehearsalClock: String?
    /// Whether a rehearsal switches the guards off.
    let unguarded: Bool

    /// Reads and checks the file.
    init(file: String) throws {
        try self.init(yaml: FileInput.text(file), file: file)
    }

    /// Checks the YAML document `text`; relative paths begin at the folder of `file`.
    init(yaml text: String, file: String) throws(ConfigurationFault) {
        let root = try ConfigurationNode(yaml: text, file: file)
        try root.allow(
            "organisation",
            "listen",
            "store",
            "masterKey",
            "formerMasterKey",
            "tokens",
            "flows",
            "archive",
            "spool",
            "partners",
            "people",
            "credentials",
            "receivers",
            "limits",
            "assertions",
            "logging",
            "metrics",
            "messageLog",
            "capture",
            "audit",
            "shutdown",
            "renewal",
            "informs",
            "clock",
            "rehearsal"
        )
        organisation = try root.child("organisation", mend: "name the tenant's organisation").text()
        (messages, management) = try Self.listeners(root)
        store = try Self.store(root)
        masterKey = try MasterKeySource(root.child("masterKey", mend: "write {file: ./master.key}"))
        formerMasterKey = try root.optionalChild("formerMasterKey")
            .map { node throws(ConfigurationFault) in
                try MasterKeySource(node)
            }
        tokens = try Self.list(root, "tokens", ConfiguredToken.init)
        flows = try root.optionalChild("flows")?.path()
        archive = try root.optionalChild("archive")?.path()
        spool = try root.optionalChild("spool")?.path() ?? Self.besides(store, "spool")
        partners = try Self.list(root, "partners", PartnerRegistry.Partner.init)
        people = try Self.list(root, "people", ConfiguredPerson.init)
        credentials = try Self.list(root, "credentials", ConfiguredCredential.init)
        receivers = try ReceiverRules(root.optionalChild("receivers"))
        limits = try RuntimeLimits(root.optionalChild("limits"))
        assertions = try Self.list(root, "assertions", ConfiguredAssertion.init)
        operation = try OperationSettings(root, management: management.address)
        renewal = try RenewalSettings(root.optionalChild("renewal"))
        informs = try InformSettings(root.optionalChild("informs"))
        (rehearsalClock, unguarded) = try Self.rehearsal(root)
        try checkNames(root)
    }
}

extension TenantConfiguration {
    private static func listeners(
        _ root: ConfigurationNode
    ) throws(ConfigurationFault) -> (messages: ConfiguredListener, management: ConfiguredListener) {
        let listen = try root.child(
            "listen",
            mend: #"write {messages: "127.0.0.1:8080", management: "127.0.0.1:8081"}"#
        )
        try listen.allow("messages", "management")
        return try (
            ConfiguredListener(listen.child("messages", mend: "write HOST:PORT"), recognisesClients: false),
            ConfiguredListener(listen.child("management", mend: "write HOST:PORT"), recognisesClients: true)
        )
    }

    private static func store(_ root: ConfigurationNode) throws(ConfigurationFault) -> String {
        let store = try root.child("store", mend: "write {sqlite: ./tenant.sqlite}")
        try store.allow("sqlite")
        return try store.child("sqlite", mend: "name the database file").path()
    }

    /// A folder beside a file.
    private static func besides(_ file: String, _ name: String) -> String {
        URL(filePath: file).deletingLastPathComponent().appending(path: name).path
    }

    private static func rehearsal(
        _ root: ConfigurationNode
    ) throws(ConfigurationFault) -> (clock: String?, unguarded: Bool) {
        let clock = root.optionalChild("clock")
        try clock?.allow("rehearsalOffsetFile")
        let file = try clock?.optionalChild("rehearsalOffsetFile")?.path()
        let rehearsal = root.optionalChild("rehearsal")
        try rehearsal?.allow("unguarded")
        guard file != nil || rehearsal == nil else {
            throw root.fault(
                "rehearsal settings without a rehearsal clock",
                mend: "remove `rehearsal`, or set clock.rehearsalOffsetFile where this is a rehearsal"
            )
        }
        return try (file, rehearsal?.optionalChild("unguarded")?.flag() ?? false)
    }

    private static func list<Item>(
        _ root: ConfigurationNode,
        _ key: String,
        _ read: (ConfigurationNode) throws(ConfigurationFault) -> Item
    ) throws(ConfigurationFault) -> [Item] {
        guard let node = root.optionalChild(key) else { return [] }
        var items: [Item] = []
        for item in try node.items() {
            try items.append(read(item))
        }
        return items
    }

    /// Two persons' decisions rest on names, the organisations of partners' people on ids.
    private func checkNames(_ root: ConfigurationNode) throws(ConfigurationFault) {
        func place(_ key: String) -> ConfigurationNode { root.optionalChild(key) ?? root }
        if let twice = Self.first(twiceIn: people.map(\.actor.name) + informs.contacts.map(\.name)) {
            throw place("people").fault("two people are named \(twice)", mend: "give each person a name of their own")
        }
        if informs.mail == nil, let person = people.first(where: { $0.mail != nil }) {
            throw place("people")
                .fault(
                    "\(person.actor.name) has a mail address, and there is no mail server",
                    mend: "write informs.mail, or leave the address out"
                )
        }
        if let twice = Self.first(twiceIn: credentials.map(\.name)) {
            throw place("credentials")
                .fault("two credentials are named \(twice)", mend: "give each credential a name of its own")
        }
        if let twice = Self.first(twiceIn: tokens.map(\.name.rawValue)) {
            throw place("tokens").fault("two tokens are named \(twice)", mend: "give each token a name of its own")
        }
        if let twice = Self.first(twiceIn: assertions.map(\.name)) {
            throw place("assertions")
                .fault("two assertions are named \(twice)", mend: "give each assertion a name of its own")
        }
        if let twice = Self.first(twiceIn: partners.map(\.id.rawValue) + [organisation]) {
            throw place("partners")
                .fault("two organisations are named \(twice)", mend: "give each partner an id of its own")
        }
    }

    private static func first(twiceIn names: [String]) -> String? {
        var seen: Set<String> = []
        return names.first { !seen.insert($0).inserted }
    }
}
