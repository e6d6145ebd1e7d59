package import Cryptography
package import Keystore

/// A PKCS #11 token (OASIS PKCS #11 2.40): private keys are made, used and erased in it, and stay in it.
package final class Token: Sendable {
    private let connection: TokenConnection

    /// The token of these settings; it is not asked yet.
    package init(_ settings: TokenSettings) {
        connection = TokenConnection(settings)
    }

    /// Finds the token and logs in.
    ///
    /// Returns what it is, for people, and what of that which messages may need it does not offer. Throws `deviceFailed`.
    package func probe() throws(CryptographyError) -> (description: String, missing: [String]) {
        let settings = connection.settings
        return try translating { () throws(TokenFault) in
            try connection.withSession { session throws(TokenFault) in
                let slot = try TokenSlot(TokenModule(path: settings.module), settings.choice)
                let missing = Self.needed.filter { !session.offers($0.mechanism, slot: slot.number) }.map { $0.purpose }
                return ("\(slot), \(slot.maker)", missing)
            }
        }
    }

    /// How many objects in the token have that label (`CKA_LABEL`), at most eight; a key pair that was made here is two.
    package func objectCount(label: String) throws(CryptographyError) -> Int {
        try translating { () throws(TokenFault) in
            try connection.withSession { session throws(TokenFault) in
                try session.objects(Template().octets(Attribute.label, Array(label.utf8))).count
            }
        }
    }

    private static let needed: [(mechanism: UInt, purpose: String)] = [
        (MechanismNumber.rsaPKCS1, "signing by RSA PKCS#1 v1.5"),
        (MechanismNumber.rsaPSS, "signing by RSA-PSS"),
        (MechanismNumber.rsaPlain, "opening RSA PKCS#1 v1.5, and RSA-OAEP with every digest (plain RSA)"),
        (MechanismNumber.ecdsa, "signing by ECDSA"),
        (MechanismNumber.ecdh, "key agreement by ECDH"),
        (MechanismNumber.eddsa, "signing by Ed25519"),
    ]

    private var device: String { "the token '\(name)'" }

    private func translating<Result>(
        _ body: () throws(TokenFault) -> Result
    ) throws(CryptographyError) -> Result {
        do throws(TokenFault) {
            return try body()
        } catch {
            throw .deviceFailed(device: device, cause: error.cause)
        }
    }
}

extension Token: KeyToken {
    /// Its name in the configuration.
    package var name: TokenName { connection.settings.name }

    /// Finds the token and logs in.
    package func reach() throws(CryptographyError) { _ = try probe() }

    /// A new key pair in the token: sensitive, not extractable.
    package func generate(_ kind: KeyKind, label: String) throws(CryptographyError) -> TokenKey {
        let identifier = SecureRandom.octets(count: 16)
        let name = name
        let generation = TokenGeneration(kind, identifier: identifier, label: label)
        let publicKey = try translating { () throws(TokenFault) in
            try connection.withSession(writing: true) { session throws(TokenFault) in try generation.run(session) }
        }
        let made = TokenKey(token: name, identifier: identifier, label: label, publicKey: publicKey)
        try checkNewPair(made)
        return made
    }

    /// Brings `key` into the token: sensitive, not extractable.
    package func take(_ key: PrivateKey, label: String) throws(CryptographyError) -> TokenKey {
        let identifier = SecureRandom.octets(count: 16)
        let bringing = try TokenImport(key, identifier: identifier, label: label)
        try translating { () throws(TokenFault) in
            try connection.withSession(writing: true) { session throws(TokenFault) in try bringing.run(session) }
        }
        let taken = TokenKey(token: name, identifier: identifier, label: label, publicKey: key.publicKey)
        try checkNewPair(taken)
        return taken
    }

    /// The key under `identifier`, else under `label`, if it is the private half of `publicKey`.
    package func key(
        identifier: [UInt8]?,
        label: String?,
        for publicKey: PublicKey
    ) throws(CryptographyError) -> TokenKey {
        let found = try translating { () throws(TokenFault) in
            try connection.withSession { session throws(TokenFault) in
                try TokenSearch(identifier: identifier, label: label).run(session)
            }
        }
        let key = TokenKey(
            token: name,
            identifier: found.identifier,
            label: found.label,
            publicKey: publicKey
        )
        try checkPair(key)
        return key
    }

    /// Computes with `key` in the token.
    package func privateKey(_ key: TokenKey) -> PrivateKey {
        PrivateKey(in: TokenDeviceKey(connection: connection, key: key), publicKey: key.publicKey)
    }

    /// Erases both halves of `key`.
    package func erase(_ key: TokenKey) throws(CryptographyError) {
        try translating { () throws(TokenFault) in
            try connection.withSession(writing: true) { session throws(TokenFault) in
                for kind in [ObjectClass.privateKey, ObjectClass.publicKey] {
                    let template = Template().number(Attribute.objectClass, kind)
                        .octets(Attribute.id, key.identifier)
                    for object in try session.objects(template) { try session.destroy(object) }
                }
            }
        }
    }

    /// Leaves no key in the token that does not compute as it must.
    private func checkNewPair(_ key: TokenKey) throws(CryptographyError) {
        do throws(CryptographyError) {
            try checkPair(key)
        } catch {
            try? erase(key)
            throw error
        }
    }

    /// Computes once with `key`, to see that the token has the private half of that public key.
    private func checkPair(_ key: TokenKey) throws(CryptographyError) {
        guard try PairCheck(key: privateKey(key)).isPassed() else {
            throw .deviceFailed(
                device: device,
                cause:
                    "the key there is not the private half of the certificate's key: name the right one, or bring its "
                    + "certificate"
            )
        }
    }
}
