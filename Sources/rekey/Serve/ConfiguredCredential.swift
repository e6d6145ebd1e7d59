import Foundation
import WSSecurity

/// A user whose `wsse:UsernameToken` flows may send, and where the password lies.
struct ConfiguredCredential {
    /// What flows call it.
    let name: String
    /// The user's name.
    let user: String
    /// Where the password lies.
    let password: SecretPlace

    /// Reads `{name: …, user: …, passwordFile: …}`.
    init(_ node: ConfigurationNode) throws(ConfigurationFault) {
        try node.allow("name", "user", "passwordFile", "passwordEnvironment", "passwordCredential")
        name = try node.child("name", mend: "name the credential as flows do").text()
        user = try node.child("user", mend: "name the user").text()
        password = try SecretPlace(node, "password")
    }

    /// The user with the password: the file's text without line ends behind it.
    func read(environment: [String: String]) throws(Failure) -> SharedKey {
        guard let text = password.text(environment) else {
            throw Failure(
                "the password of \(name) cannot be read from \(password)",
                hint: "write the password there, readable by the tenant's user alone",
                status: .configuration
            )
        }
        let secret = text.trimmingCharacters(in: .newlines)
        guard !secret.isEmpty else {
            throw Failure(
                "the password of \(name) in \(password) is empty",
                hint: "write the password there",
                status: .configuration
            )
        }
        return SharedKey(name: user, password: secret)
    }
}
