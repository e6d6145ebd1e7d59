import Cryptography

/// The private key of a version that is made or brought: here, or in a token.
enum KeyMaterial {
    case here(PrivateKey)
    case held(TokenKey, PrivateKey)

    /// What computes.
    var key: PrivateKey {
        switch self {
        case .here(let key), .held(_, let key): key
        }
    }
}

extension MasterKey {
    /// The private key of `version`, opened or in its token; `nil` when there is none.
    ///
    /// Throws `sealBroken` or `unknownToken`; a token is not asked.
    func privateKey(of version: KeyVersion) throws(KeystoreError) -> PrivateKey? {
        if let held = version.tokenKey { return try tokens.token(held.token).privateKey(held) }
        guard let sealed = version.sealedPrivateKey else { return nil }
        let pkcs8 = try openSecret(sealed, context: version.sealingContext)
        return try KeystoreError.wrapping { () throws(CryptographyError) in try PrivateKey(pkcs8: pkcs8) }
    }
}

extension KeyOperations {
    /// The identity of the next version of `alias`.
    func nextVersion(of alias: KeyAlias) throws -> KeyVersionID {
        KeyVersionID(alias: alias, number: (try transaction.versions(of: alias).map(\.id.number).max() ?? 0) + 1)
    }

    /// Seals a private key into `version`, or notes where it lies.
    func keep(_ material: KeyMaterial?, in version: inout KeyVersion) throws(KeystoreError) {
        switch material {
        case .here(let key):
            let context = version.sealingContext
            version.sealedPrivateKey = try KeystoreError.wrapping { () throws(CryptographyError) in
                try masterKey.seal(key.pkcs8(), context: context)
            }
        case .held(let held, _): version.tokenKey = held
        case nil: return
        }
    }

    /// The result of `body` for a new key pair, made here or in `token`; what was made there is erased when `body` throws.
    func withNewKey<Result>(
        _ kind: KeyKind,
        for id: KeyVersionID,
        in token: TokenName?,
        _ body: (KeyMaterial) throws -> Result
    ) throws -> Result {
        guard let token else {
            let key = try KeystoreError.wrapping { () throws(CryptographyError) in try PrivateKey.generate(kind) }
            return try body(.here(key))
        }
        return try hold(in: token, body) { device throws(CryptographyError) in
            try device.generate(kind, label: Self.label(of: id))
        }
    }

    /// The result of `body` for a key pair that was brought, kept here or in `token`; what was put there is erased when `body`
    /// throws.
    func withBroughtKey<Result>(
        _ key: PrivateKey,
        for id: KeyVersionID,
        in token: TokenName?,
        _ body: (KeyMaterial) throws -> Result
    ) throws -> Result {
        guard let token else { return try body(.here(key)) }
        return try hold(in: token, body) { device throws(CryptographyError) in
            try device.take(key, label: Self.label(of: id))
        }
    }

    private func hold<Result>(
        in token: TokenName,
        _ body: (KeyMaterial) throws -> Result,
        _ make: (any KeyToken) throws(CryptographyError) -> TokenKey
    ) throws -> Result {
        let device = try masterKey.tokens.token(token)
        let held = try KeystoreError.wrapping { () throws(CryptographyError) in try make(device) }
        do {
            return try body(.held(held, device.privateKey(held)))
        } catch {
            try? device.erase(held)
            throw error
        }
    }

    private static func label(of id: KeyVersionID) -> String { "\(id.alias)-\(id.number)" }
}
