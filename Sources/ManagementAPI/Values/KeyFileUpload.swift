package import Foundation

/// A file with a key pair or certificates: PEM, DER, PKCS#7, PKCS#12, JKS or JCEKS, told by its look.
package struct KeyFileUpload: Codable, Sendable {
    /// The file's octets.
    package var file: Data
    /// A second file with the certificates, where the first has the private key alone; nil when it has both.
    package var certificates: Data?
    /// The password of the file.
    package var password: String?
    /// The password of the entry, where a Java keystore has another one for it.
    package var keyPassword: String?
    /// Which entry of several is meant.
    package var entry: String?
    /// Whose certificate it is; nil for a key pair of the tenant.
    package var partner: String?
    /// The token of the configuration into which the private key is brought; nil for the keystore.
    package var token: String?

    /// A file without more.
    package init(file: Data, password: String? = nil) {
        self.file = file
        self.password = password
    }
}
