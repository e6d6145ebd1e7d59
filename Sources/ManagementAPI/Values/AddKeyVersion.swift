package import Foundation

/// Adds a version to an alias, which it makes when it is new (`POST /keys`).
///
/// The first version of an alias is active at once, further ones are staged.
package struct AddKeyVersion: Codable, Sendable {
    /// 1 to 64 of `a-z 0-9 . _ -`, beginning with a letter or digit.
    package var alias: String
    /// Where the key comes from.
    package var source: Source

    /// The SHA-256 that the certificate must have, hexadecimal; nil when it was not confirmed.
    package var fingerprint: String?

    /// A version for `alias` from `source`.
    package init(alias: String, source: Source, fingerprint: String? = nil) {
        self.alias = alias
        self.source = source
        self.fingerprint = fingerprint
    }

    /// Where a new version's key comes from.
    package enum Source: Codable, Sendable {
        /// A fresh key pair with a self-signed certificate. `kind`: `rsa-2048`, `rsa-3072`, `rsa-4096`, `p-256`, `p-384`;
        /// `subject`: RFC 4514; `hosts`: the names and addresses that the certificate is for, when it is for a TLS server.
        /// In a `token` of the configuration the private key is made there.
        case create(kind: String, subject: String, validityDays: Int, hosts: [String]? = nil, token: String? = nil)
        /// A key that is in a token already, and its certificate in any format.
        case token(TokenKeyChoice)
        /// A private key (PKCS#8 PEM, maybe encrypted under `password`) and its certificate chain (PEM, leaf first).
        case keyPair(key: String, certificates: String, password: String?)
        /// A PKCS#12 file and its password.
        case pkcs12(file: Data, password: String)
        /// A key pair or a partner's certificate in any format.
        case file(KeyFileUpload)
        /// A partner's certificate chain (PEM, leaf first).
        case certificate(certificates: String, partner: String)
    }

    /// Which key of which token.
    package struct TokenKeyChoice: Codable, Sendable, Hashable {
        /// The token's name in the configuration.
        package var token: String
        /// The key's `CKA_ID`, hexadecimal; nil when the label is given.
        package var identifier: String?
        /// The key's `CKA_LABEL`.
        package var label: String?
        /// The certificate, with those above it, in PEM, DER or PKCS#7.
        package var certificates: Data

        /// A key of `token`.
        package init(token: String, identifier: String? = nil, label: String? = nil, certificates: Data) {
            self.token = token
            self.identifier = identifier
            self.label = label
            self.certificates = certificates
        }
    }
}
