import WSSecurity

/// The engine's values for a cell's words; `nil` where the engine has none.
extension Cell {
    static let messageID = MessagePart.header(
        namespace: "http://www.w3.org/2005/08/addressing",
        localName: "MessageID"
    )

    var soap: SOAPVersion { self[.soap] == "1.1" ? .soap11 : .soap12 }

    /// The order of signing and encrypting; `nil` when only one is done.
    var order: ProtectionOrder? {
        switch self[.steps] {
        case "sign,encrypt": .signThenEncrypt
        case "encrypt,sign": .encryptThenSign
        default: nil
        }
    }

    /// The hash of the signature.
    var signatureHash: DigestAlgorithm? {
        guard self[.signature] != "ed25519" else { return .sha512 }
        return self[.signature].split(separator: "-").last.flatMap { Self.hash(String($0)) }
    }

    var digest: DigestAlgorithm? { Self.hash(self[.digest]) }

    var signatureMethod: SignatureMethod? {
        let hash = self[.signature].split(separator: "-").last ?? ""
        let family = self[.signature].prefix { $0 != "-" }
        let ending =
            family == "pss" ? "#\(hash)-rsa-MGF1" : family == "ed25519" ? "#eddsa-ed25519" : "#" + self[.signature]
        return SignatureMethod.allCases.first { $0.uri.hasSuffix(ending) }
    }

    /// The form that is signed.
    var canonicalization: CanonicalizationMethod? {
        switch self[.canonicalization] {
        case "exclusive": .exclusive
        case "inclusive": .inclusive
        case "inclusive11": .inclusive11
        default: nil
        }
    }

    var cipher: EncryptionMethod? {
        let ending = self[.cipher] == "3des-cbc" ? "#tripledes-cbc" : "#" + self[.cipher]
        return EncryptionMethod.allCases.first { $0.uri.hasSuffix(ending) }
    }

    var keyTransport: KeyTransportMethod? {
        let parts = self[.transport].split(separator: "-").map(String.init)
        switch parts[0] {
        case "rsa15": return .rsa15
        case "ecdh": return .agreement(KeyAgreementMethod(.ecdhES))
        case "x25519": return .agreement(KeyAgreementMethod(.x25519))
        case "oaep": return Self.hash(parts[1]).map { .rsaOAEPMGF1P(digest: $0) }
        case "oaep11":
            guard let digest = Self.hash(parts[1]), let mask = Self.hash(parts[2]) else { return nil }
            return .rsaOAEP(digest: digest, mgf: mask)
        default: return nil
        }
    }

    private static func hash(_ word: String) -> DigestAlgorithm? {
        let hashes: [String: DigestAlgorithm] = [
            "sha1": .sha1, "sha224": .sha224, "sha256": .sha256, "sha384": .sha384, "sha512": .sha512,
        ]
        return hashes[word]
    }

    /// The parts that are signed, in the engine's terms.
    var signedMessageParts: [MessagePart] { signedParts.compactMap(Self.part) }

    /// The parts that are encrypted, in the engine's terms.
    var encryptedMessageParts: [MessagePart] { encryptedParts.compactMap(Self.part) }

    private static func part(_ word: String) -> MessagePart? {
        switch word {
        case "body": .body
        case "timestamp": .timestamp
        case "header": messageID
        case "token", "str": .signatureToken
        case "signature": .signature
        case "username": .usernameToken
        case "confirmation": .signatureConfirmation
        default: nil
        }
    }
}
