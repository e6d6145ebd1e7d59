package import Cryptography

/// The key that a signature is made with: HMAC takes a secret, all other algorithms a private key.
package enum SigningKey: Sendable {
    /// The signer's private key.
    case privateKey(PrivateKey)
    /// A secret shared with the receiver.
    case secret(SecretKey)

    /// The signature over `octets`; throws `cannotSign` when the key is not of the algorithm's family.
    func signature(over octets: [UInt8], by method: SignatureMethod) throws(XMLSignatureError) -> [UInt8] {
        do throws(CryptographyError) {
            switch (method.algorithm, self) {
            case (.hmac(let digest), .secret(let key)): return try key.authenticate(octets, by: digest)
            case (let algorithm, .secret):
                throw CryptographyError.keyAlgorithmMismatch(key: "secret", algorithm: algorithm.description)
            case (let algorithm, .privateKey(let key)): return try key.sign(octets, by: algorithm)
            }
        } catch {
            throw .cannotSign(error)
        }
    }
}
