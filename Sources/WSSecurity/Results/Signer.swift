/// Whose key made a signature.
public enum Signer: Hashable, Sendable {
    /// The owner of a trusted certificate.
    case certificate(Certificate)
    /// A holder of the shared key of that name: integrity between those who hold it, no more.
    case sharedKey(name: String)
    /// The subject of a SAML assertion, which a trusted issuer signed and which confirms the key (holder of key).
    case samlSubject(SAMLSubject)

    /// The trusted certificate, when it is one.
    public var certificate: Certificate? {
        if case .certificate(let certificate) = self { certificate } else { nil }
    }
}

/// The subject of a SAML assertion with the key that the assertion confirms.
public struct SAMLSubject: Hashable, Sendable {
    /// The id of the assertion.
    public let assertionID: String
    /// The subject's name as written; `nil` when the assertion names none.
    public let name: String?
    /// The confirmed key.
    public let publicKey: PublicKey
    /// The certificate of the assertion's issuer.
    public let issuer: Certificate
}

extension Signer: CustomStringConvertible {
    /// The signer for logs and reports.
    public var description: String {
        switch self {
        case .certificate(let certificate): certificate.subject
        case .sharedKey(let name): "shared key \(name)"
        case .samlSubject(let subject):
            "subject \(subject.name ?? "without a name") of an assertion by \(subject.issuer.subject)"
        }
    }
}
