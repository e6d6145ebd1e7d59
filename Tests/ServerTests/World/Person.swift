import Renewal
import Server

/// The people of the tests.
enum Person: String, CaseIterable {
    case administrator
    case secondAdministrator
    case developer
    case senderAdministrator
    case otherSenderAdministrator
    case receiverAdministrator
    case otherAdministrator
    case otherDeveloper

    static let everybody = allCases

    var token: String { "token-of-" + rawValue }

    var account: Account {
        Account(actor: Actor(name: rawValue, role: role, organisation: organisation), token: token)
    }

    private var role: Role {
        switch self {
        case .administrator, .secondAdministrator, .otherAdministrator: .tenantAdministrator
        case .developer, .otherDeveloper: .integrationDeveloper
        case .senderAdministrator, .otherSenderAdministrator: .senderAdministrator
        case .receiverAdministrator: .receiverAdministrator
        }
    }

    private var organisation: String {
        switch self {
        case .administrator, .secondAdministrator, .developer: "tenant"
        case .senderAdministrator: "sender"
        case .otherSenderAdministrator, .otherAdministrator, .otherDeveloper: "other"
        case .receiverAdministrator: "receiver"
        }
    }

    /// Whether this person acts in the role `name` for `organisation`.
    func isRole(_ name: String, of organisation: String) -> Bool {
        role.rawValue == name && self.organisation == organisation
    }
}
