/// A kind of message, with the options that matter to it and their values.
enum Family: String, CaseIterable, Sendable {
    case signed
    case encrypted
    case signedAndEncrypted = "signed and encrypted"
    case userName = "user name"
    case response
    case sharedSecret = "signed with a shared secret"
    case sharedKey = "encrypted with a shared key"
    case agreedKey = "encrypted with an agreed key"

    var options: [(option: Option, values: [String])] {
        switch self {
        case .signed:
            [
                (.steps, ["sign"]), (.soap, Self.soap), (.signature, Self.signatures),
                (.digest, ["sha1", "sha224", "sha256", "sha384", "sha512"]),
                (.canonicalization, ["exclusive", "inclusive", "inclusive11"]),
                (.signatureReference, Self.signatureReferences),
                (
                    .signed,
                    ["body,timestamp", "body", "body,timestamp,header", "body,timestamp,token", "body,timestamp,str"]
                ),
                (.actor, ["ultimate", "urn:rekey:interop:hub"]),
            ]
        case .encrypted:
            [
                (.steps, ["encrypt"]), (.soap, Self.soap), (.cipher, Self.ciphers), (.transport, Self.transports),
                (.encryptionReference, Self.references), (.encrypted, ["body", "body,header"]),
                (.placement, ["header", "data"]), (.recipients, ["1", "2"]),
            ]
        case .signedAndEncrypted:
            [
                (.steps, ["sign,encrypt", "encrypt,sign"]), (.soap, Self.soap),
                (.signature, ["rsa-sha256", "ecdsa-sha256"]), (.cipher, ["aes256-gcm", "aes128-cbc"]),
                (.signatureReference, Self.plainReferences), (.encryptionReference, Self.plainReferences),
                (.encrypted, ["body", "body,header", "body,signature"]),
                (.actor, ["ultimate", "urn:rekey:interop:hub"]),
            ]
        case .userName:
            [
                (.steps, ["token", "token,sign"]), (.soap, Self.soap), (.username, ["text", "digest"]),
                (.signatureReference, ["binarySecurityToken", "issuerSerial"]),
            ]
        case .response:
            [
                (.steps, ["sign", "sign,encrypt"]), (.soap, Self.soap), (.confirmation, ["one", "two", "none"]),
                (.signed, ["body,timestamp,confirmation"]),
                (.signatureReference, ["binarySecurityToken", "thumbprint"]),
            ]
        case .sharedSecret:
            [
                (.steps, ["sign"]), (.soap, Self.soap), (.signature, Self.authenticationCodes),
                (.signatureReference, ["keyName", "encryptedKeySHA1"]),
                (.canonicalization, ["exclusive", "inclusive"]),
            ]
        case .sharedKey:
            [
                (.steps, ["encrypt"]), (.soap, Self.soap), (.cipher, ["aes256-gcm", "aes256-cbc"]),
                (.encryptionReference, ["encryptedKeySHA1"]), (.encrypted, ["body", "body,header"]),
            ]
        case .agreedKey:
            [
                (.steps, ["encrypt"]), (.soap, Self.soap), (.cipher, ["aes128-gcm", "aes256-gcm", "aes256-cbc"]),
                (.transport, Self.agreements), (.encryptionReference, Self.plainReferences),
                (.encrypted, ["body", "body,header"]),
            ]
        }
    }

    /// Whether messages of the family may have that value.
    func has(_ option: Option, _ value: String) -> Bool {
        options.contains { $0.option == option && $0.values.contains(value) }
    }

    /// Whether the values go together.
    func allows(_ cell: Cell) -> Bool {
        if cell.holds(.signed, "body,timestamp,token"), let reference = cell.values[.signatureReference] {
            return ["binarySecurityToken", "pkiPath"].contains(reference)
        }
        if cell.holds(.signed, "body,timestamp,str"), cell.holds(.signatureReference, ["keyValue", "x509Data"]) {
            return false
        }
        // Several wrapped keys stand in the header, each with its references.
        if cell.holds(.recipients, "2"), cell.holds(.placement, "data") { return false }
        // A signature that is made after encrypting cannot be encrypted.
        return !(cell.holds(.steps, "encrypt,sign") && cell.holds(.encrypted, "body,signature"))
    }

    private static let soap: [String] = ["1.1", "1.2"]
    private static let signatures: [String] = [
        "rsa-sha1", "rsa-sha224", "rsa-sha256", "rsa-sha384", "rsa-sha512", "pss-sha256", "pss-sha384", "pss-sha512",
        "ecdsa-sha256", "ecdsa-sha384", "ecdsa-sha512", "ed25519",
    ]
    /// Codes under a shared secret.
    static let authenticationCodes: [String] = [
        "hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512",
    ]
    /// Ways of agreeing on the key that wraps the content's.
    static let agreements: [String] = ["ecdh-p256", "ecdh-p384", "ecdh-p521", "x25519"]
    private static let ciphers: [String] = [
        "aes128-gcm", "aes192-gcm", "aes256-gcm", "aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc",
    ]
    private static let transports: [String] = [
        "oaep-sha1", "oaep-sha256", "oaep-sha384", "oaep-sha512", "oaep11-sha1-sha1", "oaep11-sha256-sha1",
        "oaep11-sha256-sha256", "oaep11-sha512-sha512", "rsa15",
    ]
    private static let plainReferences: [String] = [
        "binarySecurityToken", "issuerSerial", "subjectKeyIdentifier", "thumbprint",
    ]
    private static let signatureReferences: [String] = references + ["pkiPath", "keyValue"]
    private static let references: [String] =
        plainReferences + ["embedded", "x509Data", "x509DataReference", "certificateIdentifier"]
}
