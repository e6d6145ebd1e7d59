import Foundation
import Informing
import Renewal

/// Who may use the management API, and where the token lies.
struct ConfiguredPerson {
    let actor: Actor
    let token: SecretPlace
    /// Where mail to this person goes; nil when there is none but the inbox.
    let mail: MailAddress?

    init(_ node: ConfigurationNode) throws(ConfigurationFault) {
        try node.allow("name", "role", "organisation", "mail", "tokenFile", "tokenEnvironment", "tokenCredential")
        let role = try node.child("role", mend: "write one of the four roles").word(Role.self)
        guard role != .system else {
            throw node.fault("no person is the system", mend: "write one of the four roles")
        }
        actor = try Actor(
            name: node.child("name", mend: "name the person").text(),
            role: role,
            organisation: node.child("organisation", mend: "the tenant's organisation, or a partner's id").text()
        )
        token = try SecretPlace(node, "token")
        mail = try node.optionalChild("mail").map(MailAddress.init)
    }

    /// The token, without surrounding white space.
    func readToken(environment: [String: String]) throws(Failure) -> String {
        let text = token.text(environment)
        guard let secret = text?.trimmingCharacters(in: .whitespacesAndNewlines), secret.count >= Self.leastLength
        else {
            throw Failure(
                "no token of \(Self.leastLength) or more characters for \(actor.name) in \(token)",
                hint: "make one with: openssl rand -hex 32",
                status: .configuration
            )
        }
        return secret
    }

    private static let leastLength = 20
}
