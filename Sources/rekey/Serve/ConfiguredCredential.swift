import Foundation
import WSSecurity

/// A user whose `wsse:UsernameToken` flows may send, and where the password lies.
struct ConfiguredCredential {
    /// What flows call it.
    let name: String
    /// The user's name.
    let user: String
    /// The file with the password.
    let passwordFile: String

    /// Reads `{name: …, user: …, passwordFile: …}`.
    init(_ node: ConfigurationNode) throws(ConfigurationFault) {
        try node.allow("name", "user", "passwordFile")
        name = try node.child("name", mend: "name the credential as flows do").text()
        user = try node.child("user", mend: "name the user").text()
        passwordFile = try node.child("passwordFile", mend: "name the file with the password alone").path()
    }

    /// The user with the password: the file's text without line ends behind it.
    func read() throws(Failure) -> SharedKey {
        guard let text = try? FileInput.text(passwordFile) else {
            throw Failure(
                "the password of \(name) cannot be read from \(passwordFile)",
                hint: "write the password into that file, readable by the tenant's user alone",
                status: .configuration
            )
        }
        let password = text.trimmingCharacters(in: .newlines)
        guard !password.isEmpty else {
            throw Failure(
                "the password of \(name) in \(passwordFile) is empty",
                hint: "write the password into that file",
                status: .configuration
            )
        }
        return SharedKey(name: user, password: password)
    }
}
