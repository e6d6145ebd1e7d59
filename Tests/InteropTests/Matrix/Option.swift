/// What is chosen when a message is protected; the raw value is the word of a peer's job.
enum Option: String, CaseIterable, Sendable {
    /// What is done, in order: `sign`, `encrypt`, `token` (a UsernameToken).
    case steps
    case soap
    case signature
    case digest
    case canonicalization
    case signatureReference = "signature-reference"
    /// The parts that are signed.
    case signed
    case cipher
    case transport
    case encryptionReference = "encryption-reference"
    /// The parts that are encrypted.
    case encrypted
    /// Where the wrapped key stands.
    case placement
    /// For how many the key is wrapped.
    case recipients
    /// How a UsernameToken proves the password.
    case username
    /// How many signatures of a request the message confirms; `none` = the request had none.
    case confirmation
    /// Whom the header is for: `ultimate` for the ultimate receiver, else the actor (SOAP 1.1) or role (SOAP 1.2).
    case actor

    /// What is meant where a cell says nothing.
    var usual: String {
        switch self {
        case .steps: "sign"
        case .soap: "1.1"
        case .signature: "rsa-sha256"
        case .digest: "sha256"
        case .canonicalization: "exclusive"
        case .signatureReference: "binarySecurityToken"
        case .signed: "body,timestamp"
        case .cipher: "aes256-gcm"
        case .transport: "oaep-sha1"
        case .encryptionReference: "issuerSerial"
        case .encrypted: "body"
        case .placement: "header"
        case .recipients: "1"
        case .username: "digest"
        case .confirmation: "one"
        case .actor: "ultimate"
        }
    }

    /// The heading in the report.
    var title: String {
        switch self {
        case .steps: "steps in order"
        case .soap: "SOAP"
        case .signature: "signature"
        case .digest: "digest"
        case .canonicalization: "canonicalization"
        case .signatureReference: "signature's key reference"
        case .signed: "signed parts"
        case .cipher: "cipher"
        case .transport: "key transport"
        case .encryptionReference: "encryption's key reference"
        case .encrypted: "encrypted parts"
        case .placement: "wrapped key in"
        case .recipients: "recipients"
        case .username: "user name token"
        case .confirmation: "signatures confirmed"
        case .actor: "actor or role"
        }
    }
}
