package import Foundation

/// Asks for a certificate request: PKCS#10 (`POST /keys/{alias}/request`).
package struct RequestCertificate: Codable, Sendable, Hashable {
    /// A version that is there; nil makes a new key pair, pending.
    package var version: Int?
    /// The kind of the new key pair, as in `AddKeyVersion`.
    package var kind: String?
    /// RFC 4514; nil takes that of the version's or the active version's certificate, or `CN=` and the alias.
    package var subject: String?
    /// Names and addresses that the certificate shall be for.
    package var hosts: [String]?
    /// The token in which the new key pair is made; nil makes it in the keystore.
    package var token: String?

    /// A request for a certificate.
    package init(
        version: Int? = nil,
        kind: String? = nil,
        subject: String? = nil,
        hosts: [String]? = nil,
        token: String? = nil
    ) {
        self.version = version
        self.kind = kind
        self.subject = subject
        self.hosts = hosts
        self.token = token
    }
}

/// A certificate request.
package struct CertificateRequestResource: Codable, Sendable, Hashable {
    /// The version's alias.
    package var alias: String
    /// The version whose key the request is for.
    package var version: Int
    /// The version's state.
    package var state: String
    /// The request as PEM.
    package var pem: String

    /// A request for a version's key.
    package init(alias: String, version: Int, state: String, pem: String) {
        self.alias = alias
        self.version = version
        self.state = state
        self.pem = pem
    }
}

/// Brings the certificate that was issued for a key that is here (`POST /keys/{alias}/certificate`).
package struct AttachCertificate: Codable, Sendable, Hashable {
    /// The certificate, with those above it, in PEM, DER or PKCS#7.
    package var certificates: Data
    /// The version; nil finds it by its key.
    package var version: Int?
    /// The SHA-256 that the certificate must have; nil when it was not confirmed.
    package var fingerprint: String?

    /// A certificate for a version of an alias.
    package init(certificates: Data, version: Int? = nil, fingerprint: String? = nil) {
        self.certificates = certificates
        self.version = version
        self.fingerprint = fingerprint
    }
}
