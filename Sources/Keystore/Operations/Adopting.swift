package import Cryptography

extension KeyOperations {
    /// Takes a key that is in a token already, with its certificates, the leaf first.
    ///
    /// The key is found there by `identifier`, else by `label`, and computes once to show that the certificate is its own.
    /// The first version of an alias is active, further ones staged. Throws `unknownToken`, what the token says as
    /// `cryptography`, and as `importPair` does.
    package func adopt(
        alias: KeyAlias,
        from token: TokenName,
        identifier: [UInt8]?,
        label: String?,
        chain: [Certificate],
        demands: ImportDemands = ImportDemands()
    ) throws -> KeyVersion {
        guard let leaf = chain.first else { throw KeystoreError.certificateMissing(alias) }
        let device = try masterKey.tokens.token(token)
        let held = try KeystoreError.wrapping { () throws(CryptographyError) in
            try device.key(identifier: identifier, label: label, for: leaf.publicKey)
        }
        let material = KeyMaterial.held(held, device.privateKey(held))
        return try add(alias, owner: .tenant, chain: chain, key: material, demands, action: "key.adopt")
    }

    /// Erases the key of `version` in its token, if it lies in one and no other version needs it; says what was done.
    func eraseTokenKey(of version: KeyVersion) throws -> String {
        guard let held = version.tokenKey else { return "" }
        let marks = version.certificates.flatMap(\.identityMarks)
        let other = try transaction.versions(marked: marks)
            .first { other in
                other.id != version.id && other.tokenKey?.token == held.token
                    && other.tokenKey?.identifier == held.identifier
            }
        if let other { return "; kept in \(held), as \(other.id) uses it" }
        let device = try masterKey.tokens.token(held.token)
        try KeystoreError.wrapping { () throws(CryptographyError) in try device.erase(held) }
        return "; erased in \(held)"
    }

    /// Why a version whose key lies in a token cannot come back; `nil` when it can.
    func tokenRefusal(of version: KeyVersion) -> String? {
        guard let held = version.tokenKey else { return nil }
        do throws(KeystoreError) {
            let device = try masterKey.tokens.token(held.token)
            let found = try KeystoreError.wrapping { () throws(CryptographyError) in
                try device.key(identifier: held.identifier, label: nil, for: held.publicKey)
            }
            guard version.certificate.map({ $0.publicKey == found.publicKey }) ?? true else {
                throw .certificateMismatch(version.id.alias)
            }
            return nil
        } catch {
            return error.description
        }
    }
}
