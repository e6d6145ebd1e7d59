package import Cryptography

/// A symmetric key or a password that both sides hold, under the name by which we know it.
///
/// Its octets are never described, compared or encoded.
public struct SharedKey: Sendable {
    /// Our name for it, for reports and policies; `ds:KeyName` may carry it.
    public let name: String
    /// The octets.
    package let secret: SecretKey

    /// A key of these octets, which are copied; overwriting the source is the caller's duty.
    public init(name: String, octets: [UInt8]) {
        self.init(name: name, secret: SecretKey(copying: octets))
    }

    /// A password, as UTF-8.
    public init(name: String, password: String) {
        self.init(name: name, octets: Array(password.utf8))
    }

    /// A key that exists already.
    package init(name: String, secret: SecretKey) {
        self.name = name
        self.secret = secret
    }
}
