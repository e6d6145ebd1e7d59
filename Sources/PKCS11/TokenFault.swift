import CPKCS11
import Cryptography

/// Why a token did not do what was asked.
enum TokenFault: Error {
    /// A function of the module returned this.
    case returned(String, ReturnValue)
    /// What was found instead of what is needed, with the mend.
    case refused(String)

    /// Throws unless all is well; `nil` is a function that the module does not have.
    static func check(_ function: String, _ value: ck_rv_t?) throws(TokenFault) {
        guard value != 0 else { return }
        throw .returned(function, ReturnValue(code: value ?? 0x54))
    }

    /// What the function returned; `nil` for other causes.
    var value: ReturnValue? { if case .returned(_, let value) = self { value } else { nil } }

    /// Whether the session, the login or the token went away.
    var isLoss: Bool { value?.isLoss ?? false }

    /// Whether it says nothing about the octets that were to be computed with: they come after the beginning alone.
    var isAboutToken: Bool {
        switch self {
        case .returned(let function, let value): function.hasSuffix("Init") || value.isAboutToken
        case .refused: true
        }
    }

    /// For people.
    var cause: String {
        switch self {
        case .returned(let function, let value): "\(function) returned \(value)"
        case .refused(let cause): cause
        }
    }
}
