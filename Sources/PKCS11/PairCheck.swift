import Cryptography

/// One computation that shows whether a private key belongs to its public half.
struct PairCheck {
    let key: PrivateKey

    /// Signs, or where the key may not sign unwraps or agrees; throws `deviceFailed` when it can do none of that.
    func isPassed() throws(CryptographyError) -> Bool {
        do throws(CryptographyError) {
            return try isSigning()
        } catch {
            guard key.algorithm != .ed25519 else { throw error }
            do throws(CryptographyError) {
                return try isOpening()
            } catch .decryptionFailed {
                return false
            } catch let other {
                // What it says of signing tells more, unless it is that the key is for nothing else.
                throw key.algorithm.agrees ? error : other
            }
        }
    }

    private func isSigning() throws(CryptographyError) -> Bool {
        let octets = SecureRandom.octets(count: 32)
        let algorithm: SignatureAlgorithm =
            switch key.algorithm {
            case .rsa: .rsaPKCS1(.sha256)
            case .ec: .ecdsa(.sha256)
            case .ed25519, .x25519, .other: .ed25519
            }
        return try key.publicKey.verify(key.sign(octets, by: algorithm), over: octets, by: algorithm)
    }

    private func isOpening() throws(CryptographyError) -> Bool {
        guard key.algorithm.agrees else {
            let secret = SecureRandom.secret(count: 32)
            let transport = KeyTransport.rsaOAEP(digest: .sha1, mgf: .sha1)
            let opened = try key.decrypt(key.publicKey.encrypt(secret, by: transport), by: transport)
            return ConstantTime.equal(opened, secret)
        }
        let kind = KeyKind.allCases.first { $0.algorithm == key.algorithm } ?? .p256
        let peer = try PrivateKey.generate(kind)
        return try ConstantTime.equal(key.agree(with: peer.publicKey), peer.agree(with: key.publicKey))
    }
}
