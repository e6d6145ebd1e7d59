import Cryptography
import XML

/// What a `ds:KeyInfo` names.
enum NamedKey {
    /// A certificate or a shared key, which all hints must fit.
    case hinted(KeyHints)
    /// A wrapped key: the `xenc:EncryptedKey`, a child of the header or of the `ds:KeyInfo` itself.
    case encryptedKey(NodeID)
    /// A SAML assertion in the header.
    case assertion(NodeID)
}

/// All that a message says about one key.
struct KeyHints {
    /// The most telling one, by which the key is looked up.
    let primary: KeyHint
    /// The others, which must fit the key too.
    let others: [KeyHint]
    /// The token that holds the key, where the message brings it.
    let token: NodeID?

    init(_ hint: KeyHint, token: NodeID? = nil) {
        primary = hint
        others = []
        self.token = token
    }

    /// `nil` when there are none.
    init?(_ hints: [KeyHint], token: NodeID? = nil) {
        guard let primary = hints.min(by: { $0.rank < $1.rank }) else { return nil }
        self.primary = primary
        others = hints.filter { $0 != primary }
        self.token = token
    }

    var all: [KeyHint] { [primary] + others }

    /// Whether nothing that was said speaks against `certificate`.
    ///
    /// Names by agreement beside other hints are labels; but one that is written as a distinguished name must be the
    /// subject's.
    func agree(on certificate: Certificate) -> Bool {
        all.allSatisfy { hint in
            if case .keyName(let name) = hint, hint != primary, !DistinguishedName.isReadable(name) { return true }
            return hint.fits(certificate)
        }
    }
}

extension KeyHint {
    /// The more telling, the lower.
    fileprivate var rank: Int {
        switch self {
        case .certificate: 0
        case .thumbprint: 1
        case .issuerSerial: 2
        case .publicKey: 3
        case .subjectKeyIdentifier: 4
        case .encryptedKeySHA1: 5
        case .subject: 6
        case .keyName: 7
        }
    }
}

extension DistinguishedName {
    fileprivate static func isReadable(_ text: String) -> Bool { (try? DistinguishedName(text)) != nil }
}
