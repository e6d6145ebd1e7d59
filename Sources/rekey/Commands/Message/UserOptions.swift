import ArgumentParser
import Foundation
import WSSecurity

/// The user of a `wsse:UsernameToken`, and where the password comes from; never the command line, which others can read.
struct UserOptions: ParsableArguments {
    @Option(help: "The user of the message's wsse:UsernameToken.") var user: String?
    @Option(
        help: "The file of the user's password; else the environment's REKEY_USER_PASSWORD; else it is asked for.",
        completion: .file()
    )
    var userPasswordFile: String?
    @Option(help: "How the token proves the password: digest or text.", transform: OptionWords.passwordForm)
    var userPasswordForm = UsernameTokenDemand.PasswordForm.digest
    @Flag(inversion: .prefixedNo, help: "Whether the token has a nonce; a digest always has.") var userNonce = true
    @Flag(inversion: .prefixedNo, help: "Whether the token has a moment; a digest always has.") var userCreated = true

    func validate() throws {
        guard user != nil || userPasswordFile == nil else {
            throw ValidationError("--user-password-file has no effect without --user.")
        }
        guard userPasswordForm == .text || (userNonce && userCreated) else {
            throw ValidationError("A digest without nonce or moment could be repeated: use --user-password-form text.")
        }
    }

    /// What the token is made of; nil when no user is named.
    func credential() throws -> UsernameCredential? {
        try password()
            .map { password in
                UsernameCredential(
                    name: password.name,
                    password: password,
                    form: userPasswordForm,
                    includesNonce: userNonce,
                    includesCreated: userCreated
                )
            }
    }

    /// What is demanded of the token that arrives; nil when no user is named.
    var demand: UsernameTokenDemand? {
        user.map { _ in
            UsernameTokenDemand(
                forms: [userPasswordForm],
                requiresNonce: userNonce,
                requiresCreated: userCreated
            )
        }
    }

    /// The user with the password; nil when no user is named.
    func password() throws -> SharedKey? {
        guard let user else { return nil }
        let given =
            try FileInput.password(userPasswordFile) ?? ProcessInfo.processInfo.environment["REKEY_USER_PASSWORD"]
        guard let password = given ?? PasswordPrompt.ask(for: "user \(user)") else {
            throw ValidationError("Give the user's password: --user-password-file, or set REKEY_USER_PASSWORD.")
        }
        return SharedKey(name: user, password: password)
    }
}
