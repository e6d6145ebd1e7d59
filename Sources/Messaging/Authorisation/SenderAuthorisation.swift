package import Keystore

/// How a sender shows at the door of its flow who it is, before its message is read.
package enum SenderAuthorisation: Hashable, Sendable {
    /// Not at all: the message's own signature says it.
    case none
    /// With a client certificate of the TLS connection that is registered under one of the aliases (RFC 8446 section 4.4.2).
    case certificate([KeyAlias])
    /// With user and password of one of the credentials (RFC 7617), over TLS alone.
    case basic([String])

    /// The aliases that it names.
    var aliases: [KeyAlias] { if case .certificate(let aliases) = self { aliases } else { [] } }
}

/// What the listener for messages can find out about callers.
package enum ListenerTransport: Hashable, Sendable {
    /// Nothing: it has no TLS, whatever a proxy in front of it does.
    case plain
    /// It has TLS, and does not ask for client certificates.
    case tls
    /// It has TLS and asks for client certificates.
    case clientCertificates
}
