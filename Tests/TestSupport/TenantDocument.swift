/// The configuration of a tenant that tests run as a process, with its files beside it.
package enum TenantDocument {
    /// A tenant on loopback with the partners `sender` and `receiver`.
    ///
    /// `people` are entries of that list, `more` further keys of the document.
    package static func yaml(receiverKeys: String = "dual", people: [String], more: String = "") -> String {
        """
        organisation: tenant
        listen: {messages: "127.0.0.1:0", management: "127.0.0.1:0"}
        receivers: {networks: ["127.0.0.0/8"]}
        store: {sqlite: ./tenant.sqlite}
        masterKey: {file: ./master.key}
        flows: ./flows
        partners:
          - {id: sender, keys: dual, role: sender}
          - {id: receiver, keys: \(receiverKeys), role: receiver}
        people:
        \(people.map { "  - {\($0)}" }.joined(separator: "\n"))
        \(more)

        """
    }

    /// The tenant's administrator.
    package static func administrator(_ name: String, token: String) -> String {
        "name: \(name), role: tenantAdministrator, organisation: tenant, tokenFile: ./\(token)"
    }

    /// The developer of its flows.
    package static func developer(token: String = "developer") -> String {
        "name: developer, role: integrationDeveloper, organisation: tenant, tokenFile: ./\(token)"
    }
}
