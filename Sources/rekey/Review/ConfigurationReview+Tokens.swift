import PKCS11

extension ConfigurationReview {
    /// Each token is there, takes its PIN, and does what messages may need.
    mutating func reviewTokens() {
        for configured in configuration.tokens {
            let environment = environment
            guard let token = attempt({ try configured.token(environment: environment) }) else { continue }
            do {
                let (description, missing) = try token.probe()
                for what in missing {
                    warn(
                        "the token \(configured.name), \(description), does not offer \(what)",
                        mend: "nothing, when no flow needs it; else keep such keys in the keystore"
                    )
                }
            } catch {
                self.error(
                    "\(error)",
                    mend: "mend that before the tenant starts: until then no key of the token signs or decrypts"
                )
            }
        }
    }
}
