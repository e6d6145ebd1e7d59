import Foundation
import Renewal

/// Who may use the management API, and where the token lies.
struct ConfiguredPerson {
    /// Where a bearer token lies.
    enum TokenPlace: Hashable {
        case file(String)
        case environment(String)
    }

    let actor: Actor
    let token: TokenPlace

    init(_ node: ConfigurationNode) throws(ConfigurationFault) {
        try node.allow("name", "role", "organisation", "tokenFile", "tokenEnvironment")
        let role = try node.child("role", mend: "write one of the four roles").word(Role.self)
        guard role != .system else {
            throw node.fault("no person is the system", mend: "write one of the four roles")
        }
        actor = try Actor(
            name: node.child("name", mend: "name the person").text(),
            role: role,
            organisation: node.child("organisation", mend: "the tenant's organisation, or a partner's id").text()
        )
        switch (node.optionalChild("tokenFile"), node.optionalChild("tokenEnvironment")) {
        case (let file?, nil): token = try .file(file.path())
        case (nil, let variable?): token = try .environment(variable.text())
        default: throw node.fault("one place of the token is expected", mend: "write tokenFile or tokenEnvironment")
        }
    }

    /// The token, without surrounding white space.
    func readToken(environment: [String: String]) throws(Failure) -> String {
        let (text, place): (String?, String) =
            switch token {
            case .file(let path): (try? FileInput.text(path), path)
            case .environment(let name): (environment[name], "the environment variable \(name)")
            }
        guard let token = text?.trimmingCharacters(in: .whitespacesAndNewlines), token.count >= Self.leastLength else {
            throw Failure(
                "no token of \(Self.leastLength) or more characters for \(actor.name) in \(place)",
                hint: "make one with: openssl rand -hex 32",
                status: .configuration
            )
        }
        return token
    }

    private static let leastLength = 20
}
