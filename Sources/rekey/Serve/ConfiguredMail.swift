import Cryptography
import Foundation
import Informing

/// `informs.mail`: the mail server, and in whose name mail is sent.
struct ConfiguredMail {
    /// Where it listens.
    let server: ListenAddress
    /// How the connection is protected.
    let security: SMTPServer.Security
    /// Who we are to it; nil when it asks nobody.
    let user: String?
    /// Where the password lies; nil when there is no user.
    let password: SecretPlace?
    /// The sender of all mail.
    let from: MailAddress
    /// The authorities to trust; nil for the system's.
    let trust: String?

    /// Reads `{server: HOST:PORT, security: starttls|tls|none, user: …, passwordFile: …, from: …, trust: …}`.
    init(_ node: ConfigurationNode) throws(ConfigurationFault) {
        try node.allow(
            "server",
            "security",
            "user",
            "passwordFile",
            "passwordEnvironment",
            "passwordCredential",
            "from",
            "trust"
        )
        let place = try node.child("server", mend: #"write "HOST:587", or "HOST:465" with security: tls"#)
        server = try ListenAddress(place)
        security = try node.optionalChild("security")?.word(SMTPServer.Security.self) ?? .starttls
        user = try node.optionalChild("user")?.text()
        password = try user == nil ? nil : SecretPlace(node, "password")
        from = try MailAddress(node.child("from", mend: "write the address that mail comes from"))
        trust = try node.optionalChild("trust")?.path()
        guard security != .none || server.isLoopback else {
            throw place.fault(
                "mail would go in the clear to another machine",
                mend: "remove security: none; STARTTLS is the default"
            )
        }
    }

    /// The way out, with the password read.
    func channel(environment: [String: String]) throws(Failure) -> InformChannels.Mail {
        var credential: SMTPServer.Credential?
        if let user, let password {
            guard let text = password.text(environment)?.trimmingCharacters(in: .newlines), !text.isEmpty else {
                throw Failure(
                    "the password of the mail server's user \(user) cannot be read from \(password)",
                    hint: "write the password there, readable by the tenant's user alone",
                    status: .configuration
                )
            }
            credential = SMTPServer.Credential(user: user, password: SecretKey(copying: Array(text.utf8)))
        }
        if let trust, !FileManager.default.isReadableFile(atPath: trust) {
            throw Failure(
                "the authorities of the mail server cannot be read from \(trust)",
                hint: "name a PEM file in informs.mail.trust",
                status: .configuration
            )
        }
        return InformChannels.Mail(
            server: SMTPServer(
                host: server.host,
                port: server.port,
                security: security,
                credential: credential,
                trust: trust,
                greeting: from.domain
            ),
            from: from
        )
    }
}
