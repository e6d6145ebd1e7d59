package import Cryptography

/// A mail server that takes mail for delivery (RFC 6409), and how it is spoken to.
package struct SMTPServer: Sendable {
    /// How the connection is protected.
    package enum Security: String, Sendable, CaseIterable {
        /// TLS is asked for on a plain connection, and demanded (RFC 3207).
        case starttls
        /// TLS from the beginning (RFC 8314, section 3.3).
        case tls
        /// Not at all: for a server on this machine.
        case none
    }

    /// User and password; the password is shown to nobody but the server, and never in the clear.
    package struct Credential: Sendable {
        let user: String
        let password: SecretKey

        package init(user: String, password: SecretKey) {
            self.user = user
            self.password = password
        }
    }

    /// Name or address.
    package let host: String
    /// Usually 587, with TLS from the beginning 465.
    package let port: Int
    /// How the connection is protected.
    package let security: Security
    /// Who we are to it; `nil` when it asks nobody.
    package let credential: Credential?
    /// A PEM file of the authorities to trust, and no others; `nil` for the system's.
    package let trust: String?
    /// How we call ourselves.
    package let greeting: String
    /// How long each of its answers may take.
    package var patience = Duration.seconds(60)

    package init(
        host: String,
        port: Int,
        security: Security,
        credential: Credential?,
        trust: String?,
        greeting: String
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.credential = credential
        self.trust = trust
        self.greeting = greeting
    }
}
