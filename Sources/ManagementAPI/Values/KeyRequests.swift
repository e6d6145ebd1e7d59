/// Makes a staged version the active one outside of a renewal (`POST /keys/{alias}/exchange`).
package struct ExchangeKey: Codable, Sendable, Hashable {
    /// The staged version; nil takes the newest staged one.
    package var version: Int?
    /// Why the exchange is not done as a renewal; audited.
    package var reason: String

    /// An exchange to `version`.
    package init(version: Int? = nil, reason: String) {
        self.version = version
        self.reason = reason
    }
}

/// Gives a key another name (`POST /keys/{alias}/rename`).
package struct RenameKey: Codable, Sendable, Hashable {
    /// What it is called from now on.
    package var name: String
    /// Whether flows that name it are changed in the same transaction; nil is false, and one that does is in the way.
    package var withFlows: Bool?

    /// The name `name` for a key.
    package init(name: String, withFlows: Bool? = nil) {
        self.name = name
        self.withFlows = withFlows
    }
}

/// What a renaming has done.
package struct RenameKeyAnswer: Codable, Sendable, Hashable {
    /// The key under its new name.
    package var key: KeyResource
    /// The flows whose documents were changed.
    package var flows: [String]

    /// The key and the flows that name it.
    package init(key: KeyResource, flows: [String]) {
        self.key = key
        self.flows = flows
    }
}

/// Asks to erase a version, or approves another person's request (`POST /keys/{alias}/destroy`).
package struct DestroyKey: Codable, Sendable, Hashable {
    /// The retired version.
    package var version: Int
    /// Why; audited.
    package var reason: String

    /// A request to destroy `version`.
    package init(version: Int, reason: String) {
        self.version = version
        self.reason = reason
    }
}

/// What a request to destroy has come to.
package struct DestroyKeyAnswer: Codable, Sendable, Hashable {
    /// False while a second person's approval is missing.
    package var destroyed: Bool
    /// Who asked first.
    package var requestedBy: String
    /// Who approved; nil while nobody has.
    package var approvedBy: String?

    /// The state of the two persons' decision.
    package init(destroyed: Bool, requestedBy: String, approvedBy: String?) {
        self.destroyed = destroyed
        self.requestedBy = requestedBy
        self.approvedBy = approvedBy
    }
}

/// The certificate chain of a key version (`GET /keys/{alias}/versions/{number}/certificate`).
package struct CertificateResource: Codable, Sendable, Hashable {
    /// The version's alias.
    package var alias: String
    /// The version's number.
    package var version: Int
    /// SHA-256 of the leaf certificate, hexadecimal with colons.
    package var fingerprint: String
    /// The chain as PEM, leaf first.
    package var pem: String

    /// A version's certificate chain.
    package init(alias: String, version: Int, fingerprint: String, pem: String) {
        self.alias = alias
        self.version = version
        self.fingerprint = fingerprint
        self.pem = pem
    }
}
