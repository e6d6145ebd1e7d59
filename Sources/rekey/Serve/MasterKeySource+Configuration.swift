import Keystore

extension MasterKeySource {
    /// Reads `{file: PATH}`, `{environment: NAME}` or `{credential: NAME}` (systemd).
    init(_ node: ConfigurationNode) throws(ConfigurationFault) {
        try node.allow("file", "environment", "credential")
        let places = (node.optionalChild("file"), node.optionalChild("environment"), node.optionalChild("credential"))
        switch places {
        case (let file?, nil, nil): self = try .file(file.path())
        case (nil, let variable?, nil): self = try .environment(variable.text())
        case (nil, nil, let credential?): self = try .credential(credential.text())
        default: throw node.fault("one place is expected", mend: "write file, environment or credential")
        }
    }
}

extension TenantConfiguration {
    /// The master key, which opens what the former one sealed as well where that is named, and reaches the tokens.
    ///
    /// Tokens are asked when there is something to compute. Throws `KeystoreError.masterKey`, or `Failure` for a token whose PIN
    /// or module cannot be had.
    func loadMasterKey(environment: [String: String]) throws -> MasterKey {
        var reached: [any KeyToken] = []
        for token in tokens { reached.append(try token.token(environment: environment)) }
        let current = try MasterKey.load(from: masterKey, environment: environment).reaching(KeyTokens(reached))
        guard let formerMasterKey else { return current }
        return try current.knowing(former: MasterKey.load(from: formerMasterKey, environment: environment))
    }
}
