/// Java's own keystores, JKS and JCEKS: read, never written.
///
/// A header, entries one after the other, and SHA-1 over the password and all of it. The layout is that of OpenJDK's
/// `JavaKeyStore` and `JceKeyStore`.
package enum JavaKeystore {
    /// The most entries of a keystore that are read.
    package static let entryLimit = 1000
    /// The most certificates above one key.
    package static let chainLimit = 10

    private static let digestOctetCount = 20

    /// Which of the two it is by its first octets; `nil` for neither.
    static func format(of octets: [UInt8]) -> KeyFile.Format? {
        if octets.starts(with: [0xFE, 0xED, 0xFE, 0xED]) { return .jks }
        if octets.starts(with: [0xCE, 0xCE, 0xCE, 0xCE]) { return .jceks }
        return nil
    }

    /// Everything in the keystore.
    ///
    /// `keyPassword` is tried where `password` does not open a key. Throws `wrongPassword` when the digest over the
    /// keystore is another, `malformedKey` or `limitExceeded`.
    static func entries(
        of octets: [UInt8],
        password: String,
        keyPassword: String?
    ) throws(CryptographyError) -> [KeyFile.Entry] {
        guard octets.count > digestOctetCount + 12 else { throw malformed("it is cut off") }
        let content = Array(octets.dropLast(digestOctetCount))
        guard ConstantTime.equal(digest(of: content, password), Array(octets.suffix(digestOctetCount))) else {
            throw .wrongPassword
        }
        var reader = JavaKeystoreReader(content, passwords: [password] + (keyPassword.map { [$0] } ?? []))
        return try reader.entries()
    }

    /// SHA-1 over the password in UTF-16, a phrase that stands in Java's source, and the keystore.
    private static func digest(of content: [UInt8], _ password: String) -> [UInt8] {
        var secret = JavaKeyProtection.characters(of: password)
        defer { secret.cleanse() }
        var digester = Digester(.sha1)
        digester.update(secret)
        digester.update(Array("Mighty Aphrodite".utf8))
        digester.update(content)
        return digester.finalize()
    }

    static func malformed(_ cause: String) -> CryptographyError { .malformedKey("the Java keystore: \(cause)") }
}
