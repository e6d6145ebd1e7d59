/// A file of keys and certificates in any of the formats that are exchanged.
package struct KeyFile: Sendable {
    /// How a file is written.
    package enum Format: String, Sendable, CaseIterable {
        /// Text of RFC 7468: PKCS#8 (encrypted too), PKCS#1, SEC 1, certificates, PKCS#7.
        case pem
        /// The DER of one certificate or one private key.
        case der
        /// A bag of certificates (RFC 2315 section 9.1), `.p7b`.
        case pkcs7
        /// RFC 7292, `.p12` or `.pfx`.
        case pkcs12
        /// Java's own keystore.
        case jks
        /// Java's keystore of the cryptography extension.
        case jceks
    }

    /// What an entry holds.
    package enum Content: Sendable {
        /// A private key with its certificates, leaf first.
        case pair(PrivateKey, chain: [Certificate])
        /// A private key alone.
        case key(PrivateKey)
        /// Certificates of somebody else, leaf first.
        case certificates([Certificate])
        /// Something that is read but cannot be taken; what it is.
        case other(String)
        /// Something that cannot be read.
        case unreadable(CryptographyError)
    }

    /// One thing in a file.
    package struct Entry: Sendable {
        /// What the file calls it; `nil` where the format has no names.
        package let name: String?
        /// What it is.
        package let content: Content

        /// An entry of that name.
        package init(name: String?, content: Content) {
            self.name = name
            self.content = content
        }
    }

    /// The most octets of a file that are read.
    package static let octetLimit = 4 << 20

    /// How the file is written.
    package let format: Format
    /// What is in it, in its order.
    package let entries: [Entry]

    /// Reads `octets`, whose format is told by their look.
    ///
    /// `keyPassword` opens the entries of Java keystores that have a password of their own. Throws `passwordRequired`,
    /// `wrongPassword`, `limitExceeded`, or that the file cannot be read; a single entry that cannot be read throws nothing.
    package init(
        _ octets: [UInt8],
        password: String? = nil,
        keyPassword: String? = nil
    ) throws(CryptographyError) {
        guard octets.count <= Self.octetLimit else {
            throw .limitExceeded(what: "the file in octets", limit: Self.octetLimit)
        }
        let format = try Self.format(of: octets)
        self.format = format
        switch format {
        case .pem:
            guard let text = String(validating: octets, as: UTF8.self) else { throw .malformedPEM("not UTF-8") }
            entries = try Self.entries(pem: text, password: password)
        case .der: entries = try [Entry(name: nil, content: Self.content(der: octets, password: password))]
        case .pkcs7: entries = try Self.entries(unordered: CertificateBag.pkcs7(der: octets))
        case .pkcs12: entries = try PKCS12.entries(of: octets, password: password ?? "")
        case .jks, .jceks:
            guard let password else { throw .passwordRequired }
            entries = try JavaKeystore.entries(of: octets, password: password, keyPassword: keyPassword)
        }
    }
}

extension KeyFile.Content {
    /// A symmetric key: aliases are key pairs and certificates.
    static let secretKey = Self.other(
        "a secret key, which no alias stands for: aliases are key pairs and certificates, and messages bring their symmetric "
            + "keys with them; leave it in the file"
    )
}
