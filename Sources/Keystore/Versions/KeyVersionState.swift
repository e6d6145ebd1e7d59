/// The life of a key version (NIST SP 800-57 part 1, section 7).
package enum KeyVersionState: String, Codable, CaseIterable, Sendable {
    /// The key pair is made, its certificate is not yet issued.
    case pending
    /// Accepted on messages that arrive, not yet used on those that leave.
    case staged
    /// In use.
    case active
    /// No longer used on messages that leave, still accepted while old messages may arrive.
    case retiring
    /// No longer accepted; kept for messages that are stored.
    case retired
    /// The private key is erased; certificate and history remain.
    case destroyed
    /// Known to others; neither used nor accepted.
    case compromised

    /// Whether it may sign and encrypt.
    package var canProtect: Bool { self == .active }

    /// Whether it may verify and decrypt what arrives.
    package var canProcess: Bool {
        switch self {
        case .staged, .active, .retiring: true
        case .pending, .retired, .destroyed, .compromised: false
        }
    }

    /// The states that may follow.
    ///
    /// The two steps backwards, `active` to `staged` and `retiring` to `active`, are the halves of a rollback.
    package var successors: Set<KeyVersionState> {
        switch self {
        case .pending: [.staged, .active, .retired, .compromised]
        case .staged: [.active, .retired, .compromised]
        case .active: [.retiring, .staged, .compromised]
        case .retiring: [.retired, .active, .compromised]
        case .retired: [.destroyed, .compromised]
        case .compromised: [.destroyed]
        case .destroyed: []
        }
    }

    /// Whether `next` may follow.
    package func canBecome(_ next: KeyVersionState) -> Bool {
        successors.contains(next)
    }

    var successorsText: String {
        successors.isEmpty ? "nothing" : successors.map(\.rawValue).sorted().joined(separator: ", ")
    }
}
