/// Why a message was refused: the true cause for the operator, and a uniform face for the peer.
public struct SecurityFault: Error, Sendable {
    /// The true code; for the operator's log.
    ///
    /// The peer gets `outward`.
    public let code: Code
    /// The exact cause and what would mend it, for the operator's log only; never plaintext or key octets.
    public let cause: String
    /// What the message said about the key concerned, when that was read.
    public let hint: KeyHint?
    /// Whether the cause was found in or behind decrypted octets, where any difference in the fault would be an oracle.
    let followsDecryption: Bool

    /// A fault; `hint` when it concerns a key.
    public init(_ code: Code, _ cause: String, hint: KeyHint? = nil) {
        self.init(code, cause, hint: hint, followsDecryption: false)
    }

    init(_ code: Code, _ cause: String, hint: KeyHint?, followsDecryption: Bool) {
        self.code = code
        self.cause = cause
        self.hint = hint
        self.followsDecryption = followsDecryption
    }

    /// What the peer may know: one code and one text for every failure of a signature, a decryption or a key.
    public var outward: OutwardFault { OutwardFault(followsDecryption ? .failedCheck : code) }

    /// The same fault, uniform towards the peer because it was found behind a decryption.
    func afterDecryption(hint other: KeyHint?) -> SecurityFault {
        SecurityFault(code, cause, hint: hint ?? other, followsDecryption: true)
    }
}

extension SecurityFault: CustomStringConvertible {
    /// Code, cause and hint, for logs.
    public var description: String { "\(code.rawValue): \(cause)" + (hint.map { " [\($0)]" } ?? "") }
}
