package import Cryptography
import FoundationEssentials

/// The key that everything at rest is sealed under.
///
/// Each item is encrypted by AES-256-GCM under a fresh data key, which is itself encrypted by AES-256-GCM under the master
/// key. Both are bound to the item's context, so an item opens only in its own place.
package struct MasterKey: Sendable {
    /// The size in octets.
    package static let octetCount = AEAD.keyOctetCount

    private static let formatVersion: UInt8 = 1

    private let key: Holder
    /// The key that was in use before, while a rotation is under way.
    private let former: Holder?
    /// The devices that hold the private keys which are not sealed here.
    package private(set) var tokens = KeyTokens()

    /// Takes a key of 32 octets; throws `masterKey` for another size.
    package init(_ octets: consuming SecretOctets) throws(KeystoreError) {
        guard octets.count == Self.octetCount else {
            throw .masterKey("it has \(octets.count) octets, not \(Self.octetCount)")
        }
        key = Holder(octets)
        former = nil
    }

    private init(_ key: Holder, former: Holder) {
        self.key = key
        self.former = former
    }

    /// This key, which opens what `former` sealed as well; it seals by itself.
    package func knowing(former: MasterKey) -> MasterKey {
        MasterKey(key, former: former.key).reaching(tokens)
    }

    /// This key, for a keystore whose private keys may lie in `tokens` as well.
    package func reaching(_ tokens: KeyTokens) -> MasterKey {
        var reaching = self
        reaching.tokens = tokens
        return reaching
    }

    /// Whether a former key is known: whether a rotation is under way.
    package var knowsFormer: Bool { former != nil }

    /// What the former key sealed, sealed under this one; `nil` when this one sealed it; throws `sealBroken`.
    ///
    /// The data key is sealed anew and the body stays, so the cost does not grow with it.
    package func rewrapped(_ sealed: [UInt8], context: String) throws(KeystoreError) -> [UInt8]? {
        if opens(sealed, context, under: key) { return nil }
        let dataKey = try dataKey(of: sealed, context)
        do throws(CryptographyError) {
            var rewrapped = [Self.formatVersion]
            rewrapped += try AEAD.seal(dataKey, key: key.octets, authenticating: Self.associated(context))
            return rewrapped + sealed[Self.bodyStart...]
        } catch {
            throw .cryptography(error)
        }
    }

    /// A key that nobody has had before.
    package static func generate() throws(KeystoreError) -> MasterKey {
        try MasterKey(SecureRandom.secret(count: octetCount))
    }

    /// Reads the key, 32 octets in Base64, from `source`; throws `masterKey` with the cause and the mend.
    package static func load(
        from source: MasterKeySource,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(KeystoreError) -> MasterKey {
        let text = try source.text(environment)
        guard var octets = Base64.decode(text, limit: 4096) else {
            throw .masterKey("what \(source.place) holds is not Base64")
        }
        guard octets.count == octetCount else {
            throw .masterKey("\(source.place) holds \(octets.count) octets, not \(octetCount)")
        }
        return try MasterKey(SecretOctets(moving: &octets))
    }

    /// Seals `octets` for `context`, a text that is unique to the item's place.
    package func seal(_ octets: [UInt8], context: String) -> [UInt8] {
        seal(context) { key, associated throws(CryptographyError) in
            try AEAD.seal(octets, key: key, authenticating: associated)
        }
    }

    /// Seals `secret` for `context`.
    package func seal(_ secret: borrowing SecretOctets, context: String) -> [UInt8] {
        seal(context) { key, associated throws(CryptographyError) in
            try AEAD.seal(secret, key: key, authenticating: associated)
        }
    }

    /// Opens what `seal` made for the same context; throws `sealBroken`.
    package func open(_ sealed: [UInt8], context: String) throws(KeystoreError) -> [UInt8] {
        let dataKey = try dataKey(of: sealed, context)
        do throws(CryptographyError) {
            let body = Array(sealed[Self.bodyStart...])
            return try AEAD.open(body, key: dataKey, authenticating: Self.associated(context))
        } catch {
            throw .sealBroken(context: context)
        }
    }

    /// Opens what `seal` made for the same context as a secret; throws `sealBroken`.
    package func openSecret(_ sealed: [UInt8], context: String) throws(KeystoreError) -> SecretOctets {
        let dataKey = try dataKey(of: sealed, context)
        do throws(CryptographyError) {
            let body = Array(sealed[Self.bodyStart...])
            return try AEAD.openSecret(body, key: dataKey, authenticating: Self.associated(context))
        } catch {
            throw .sealBroken(context: context)
        }
    }
}

extension MasterKey {
    private final class Holder: Sendable {
        let octets: SecretOctets

        init(_ octets: consuming SecretOctets) {
            self.octets = octets
        }
    }

    /// Format version, wrapped data key, body.
    private func seal(
        _ context: String,
        body: (borrowing SecretOctets, [UInt8]) throws(CryptographyError) -> [UInt8]
    ) -> [UInt8] {
        let dataKey = SecureRandom.secret(count: AEAD.keyOctetCount)
        let associated = Self.associated(context)
        do throws(CryptographyError) {
            var sealed = [Self.formatVersion]
            sealed += try AEAD.seal(dataKey, key: key.octets, authenticating: associated)
            sealed += try body(dataKey, associated)
            return sealed
        } catch {
            // Both keys have the right size, so only a libcrypto without AES-256-GCM or memory ends here.
            preconditionFailure("libcrypto cannot seal: \(error)")
        }
    }

    private func dataKey(
        of sealed: [UInt8],
        _ context: String
    ) throws(KeystoreError) -> SecretOctets {
        do throws(KeystoreError) {
            return try dataKey(of: sealed, context, under: key)
        } catch {
            guard let former else { throw error }
            return try dataKey(of: sealed, context, under: former)
        }
    }

    private func dataKey(
        of sealed: [UInt8],
        _ context: String,
        under key: Holder
    ) throws(KeystoreError) -> SecretOctets {
        guard sealed.count > Self.bodyStart, sealed[0] == Self.formatVersion else {
            throw .sealBroken(context: context)
        }
        do throws(CryptographyError) {
            let wrapped = Array(sealed[1..<Self.bodyStart])
            return try AEAD.openSecret(wrapped, key: key.octets, authenticating: Self.associated(context))
        } catch {
            throw .sealBroken(context: context)
        }
    }

    private func opens(_ sealed: [UInt8], _ context: String, under key: Holder) -> Bool {
        do throws(KeystoreError) {
            _ = try dataKey(of: sealed, context, under: key)
            return true
        } catch {
            return false
        }
    }

    private static let bodyStart = 1 + AEAD.keyOctetCount + AEAD.overheadOctetCount

    private static func associated(_ context: String) -> [UInt8] {
        Array("rekey sealed item \(formatVersion): \(context)".utf8)
    }
}
