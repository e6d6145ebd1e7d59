import Foundation

/// Where a token or a password lies.
enum SecretPlace: Hashable {
    /// A file.
    case file(String)
    /// An environment variable.
    case environment(String)
    /// A credential that systemd hands to the service, by name.
    case credential(String)

    /// Reads `{KINDFile: …}`, `{KINDEnvironment: …}` or `{KINDCredential: …}`, of which one must be there.
    init(_ node: ConfigurationNode, _ kind: String) throws(ConfigurationFault) {
        let places = (
            node.optionalChild(kind + "File"), node.optionalChild(kind + "Environment"),
            node.optionalChild(kind + "Credential")
        )
        switch places {
        case (let file?, nil, nil): self = try .file(file.path())
        case (nil, let variable?, nil): self = try .environment(variable.text())
        case (nil, nil, let credential?):
            let name = try credential.text()
            guard !name.contains("/"), name != ".." else {
                throw credential.fault("`\(name)` is no name of a credential", mend: "name it as LoadCredential does")
            }
            self = .credential(name)
        default:
            throw node.fault(
                "one place of the \(kind) is expected",
                mend: "write \(kind)File, \(kind)Environment or \(kind)Credential"
            )
        }
    }

    /// The file that it is read from; nil for a variable, and outside of systemd for a credential.
    func path(_ environment: [String: String]) -> String? {
        switch self {
        case .file(let path): path
        case .environment: nil
        case .credential(let name): environment["CREDENTIALS_DIRECTORY"].map { $0 + "/" + name }
        }
    }

    /// The text that is there; nil when it cannot be read.
    func text(_ environment: [String: String]) -> String? {
        if case .environment(let name) = self { return environment[name] }
        return path(environment).flatMap { try? FileInput.text($0) }
    }
}

extension SecretPlace: CustomStringConvertible {
    /// For people; never the secret.
    var description: String {
        switch self {
        case .file(let path): path
        case .environment(let name): "the environment variable \(name)"
        case .credential(let name): "the credential \(name) (systemd's LoadCredential)"
        }
    }
}
