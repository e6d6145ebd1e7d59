import Cryptography
import XML
import XMLEncryption
import XMLSignature

/// Where the key of encrypted data comes from.
enum ContentKeySource {
    /// A wrapped key, of the header or in the data's own `ds:KeyInfo`.
    case wrapped(EncryptedKey)
    /// A shared key that the data name themselves.
    case shared(KeyHints)
}

/// A key that opens encrypted data.
struct ContentKey {
    let secret: SecretKey
    let opener: Decryption.Opener
    let hint: KeyHint
}

extension Processing {
    /// Finds the key for `parts`, which is the costly part of it; a key of the header is unwrapped once only.
    mutating func contentKey(
        from source: ContentKeySource,
        for parts: [EncryptedPart],
        in header: SecurityHeader
    ) throws(SecurityFault) -> ContentKey {
        switch source {
        case .shared(let hints):
            hint = hints.primary
            let shared = try sharedKey(for: hints)
            hasDecrypted = true
            return ContentKey(secret: shared.secret, opener: .sharedKey(name: shared.name), hint: hints.primary)
        case .wrapped(let key):
            let place = header.place(of: key.node)
            if let place, let known = contentKeys[place] { return known }
            let opened = try unwrapped(key, for: parts, in: header)
            if let place { contentKeys[place] = opened }
            return opened
        }
    }

    private mutating func unwrapped(
        _ key: EncryptedKey,
        for parts: [EncryptedPart],
        in header: SecurityHeader
    ) throws(SecurityFault) -> ContentKey {
        let hints = try hints(of: key, in: header)
        let hint = hints.primary
        self.hint = hint
        if case .keyWrap = key.method {
            let shared = try sharedKey(for: hints)
            hasDecrypted = true
            let document = snapshot.document
            let secret = try securityFault(hint: hint, fromEncryption: key.unwrapped(by: shared.secret, in: document))
            return ContentKey(secret: SecretKey(secret), opener: .sharedKey(name: shared.name), hint: hint)
        }
        let recipient = try decryptionKey(for: hints)
        guard privateKeyOperationCount < policy.limits.privateKeyOperationCount else {
            let limit = policy.limits.privateKeyOperationCount
            throw SecurityFault(.invalidSecurity, "more than \(limit) wrapped keys to open", hint: hint)
        }
        privateKeyOperationCount += 1
        let octetCount = parts.first?.data.method.cipher.keyOctetCount
        let secret: SecretOctets
        do {
            secret = try key.unwrapped(by: recipient.key, in: snapshot.document, expecting: octetCount)
        } catch {
            // That a device is out of reach says nothing about the octets.
            if case .keyUnavailable = error {} else { hasDecrypted = true }
            throw SecurityFault(error.code, error.description, hint: hint)
        }
        hasDecrypted = true
        return ContentKey(secret: SecretKey(secret), opener: .certificate(recipient.certificate), hint: hint)
    }

    /// What a wrapped key says about the key that opens it.
    func hints(of key: EncryptedKey, in header: SecurityHeader) throws(SecurityFault) -> KeyHints {
        guard case .hinted(let hints) = try reader(of: header).namedKey(in: key.keyInfo) else {
            throw SecurityFault(.unsupportedSecurityToken, "a wrapped key must not be wrapped by another one")
        }
        return hints
    }

    /// Whether a key of ours opens `key`.
    func isOurs(_ key: EncryptedKey, in header: SecurityHeader) throws(SecurityFault) -> Bool {
        let hints = try hints(of: key, in: header)
        if case .keyWrap = key.method { return !keys.sharedKeys(for: hints.primary).isEmpty }
        return keys.decryptionKeys(for: hints.primary).contains { hints.agree(on: $0.certificate) }
    }

    /// The one shared key that all hints fit.
    func sharedKey(for hints: KeyHints) throws(SecurityFault) -> SharedKey {
        let candidates = keys.sharedKeys(for: hints.primary)
        guard let key = candidates.first else {
            let cause = "no shared key is the one that the message names"
            throw SecurityFault(.securityTokenUnavailable, cause, hint: hints.primary)
        }
        let isOne = candidates.count == 1
        guard isOne, hints.others.allSatisfy({ keys.sharedKeys(for: $0).map(\.name) == [key.name] }) else {
            let cause = "the message's references name several shared keys, or different ones"
            throw SecurityFault(.securityTokenUnavailable, cause, hint: hints.primary)
        }
        return key
    }

    private func decryptionKey(for hints: KeyHints) throws(SecurityFault) -> DecryptionKey {
        let hint = hints.primary
        let named = keys.decryptionKeys(for: hint)
        let candidates = named.filter { hints.agree(on: $0.certificate) }
        guard named.isEmpty || !candidates.isEmpty else {
            throw SecurityFault(.invalidSecurity, "the references in ds:KeyInfo contradict one another", hint: hint)
        }
        guard let key = candidates.first else {
            let cause = "no decryption key of ours is the one that the message was encrypted for"
            throw SecurityFault(.securityTokenUnavailable, cause, hint: hint)
        }
        guard candidates.allSatisfy({ $0.certificate.publicKey == key.certificate.publicKey }) else {
            let cause = "\(candidates.count) decryption keys fit the message's key reference: remove all but one"
            throw SecurityFault(.securityTokenUnavailable, cause, hint: hint)
        }
        return key
    }
}
