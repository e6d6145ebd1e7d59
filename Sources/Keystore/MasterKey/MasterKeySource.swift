/// Where the master key is: never in the store that it protects.
package enum MasterKeySource: Hashable, Sendable {
    /// A file that only its owner may read.
    case file(String)
    /// An environment variable.
    case environment(String)
    /// A credential that systemd hands to the service, by name.
    case credential(String)
}

extension MasterKeySource {
    /// For people; never the key.
    var place: String {
        switch self {
        case .file(let path): path
        case .environment(let name): "the environment variable \(name)"
        case .credential(let name): "the credential '\(name)'"
        }
    }

    /// The text that is there; throws `masterKey` with the cause and the mend.
    func text(_ environment: [String: String]) throws(KeystoreError) -> String {
        switch self {
        case .file(let path):
            return try PrivateFile.text(at: path, demandingPrivacy: true)
        case .environment(let name):
            guard let text = environment[name], !text.isEmpty else { throw .masterKey("\(place) is not set") }
            return text
        case .credential(let name):
            guard let folder = environment["CREDENTIALS_DIRECTORY"], !folder.isEmpty else {
                throw .masterKey("CREDENTIALS_DIRECTORY is not set: let systemd start the service with LoadCredential=")
            }
            guard !name.isEmpty, !name.contains("/") else { throw .masterKey("'\(name)' is no name of a credential") }
            // systemd keeps the folder private and may show group permissions on its files for access lists.
            return try PrivateFile.text(at: "\(folder)/\(name)", demandingPrivacy: false)
        }
    }
}
