package import Cryptography
import XML

/// The key that a signature is verified with.
///
/// The algorithm decides which: HMAC takes a secret and nothing else, all others take a public key and nothing else. So a
/// public key, which everybody knows, is never the secret of an HMAC.
package enum VerifyingKey: Sendable {
    /// The signer's public key.
    case publicKey(PublicKey)
    /// A secret shared with the signer.
    case secret(SecretKey)

    /// Whether `value` is this key's signature over the canonical form of `node`.
    func verifies(_ value: [UInt8], of info: SignedInfo, in document: XMLDocument) -> Bool {
        switch (info.method.algorithm, self) {
        case (.hmac(let digest), .secret(let secret)):
            let code: [UInt8]? = secret.withSecret { key in
                guard var code = try? HMAC(digest, key: key) else { return nil }
                document.canonicalize(info.node, by: info.canonicalization) { chunk in code.update(chunk) }
                return code.finalize()
            }
            return code.map { ConstantTime.equal($0, value) } ?? false
        case (.hmac, .publicKey), (_, .secret): return false
        case (let algorithm, .publicKey(let key)):
            if let digest = algorithm.digest {
                let octets = document.digest(of: info.node, by: digest, as: info.canonicalization)
                return key.verify(value, overDigest: octets, by: algorithm)
            }
            var octets: [UInt8] = []
            document.canonicalize(info.node, by: info.canonicalization) { chunk in
                chunk.withUnsafeBufferPointer { octets.append(contentsOf: $0) }
            }
            return key.verify(value, over: octets, by: algorithm)
        }
    }
}
