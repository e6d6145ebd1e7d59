import Cryptography
import FuzzTargets
import WSSecurity
import XMLEncryption

/// A question that an attacker could ask by sending ciphertexts, and the kinds of messages whose answers must look alike.
struct Oracle {
    struct Kind {
        let name: String
        let messages: [[UInt8]]
    }

    struct Accepted: Error {}

    let name: String
    let policy: InboundPolicy
    let kinds: [Kind]

    /// Has the engine refuse a message; throws when it does not.
    func refuse(_ message: [UInt8]) throws {
        do throws(SecurityFault) {
            _ = try MessageProcessor(policy: policy, keys: FuzzKeys.trusted)
                .process(message, receivedAt: FuzzKeys.now)
        } catch {
            return
        }
        throw Accepted()
    }

    static func all() throws -> [Oracle] {
        try [padding(), tag(), transport(isLegacy: false), transport(isLegacy: true)]
    }

    private static let variations = 64

    /// Whether the padding of CBC is right.
    private static func padding() throws -> Oracle {
        let method = EncryptionMethod.aes256CBC
        let key = SealedContent(by: method)
        let text = [UInt8](repeating: 0x61, count: 2000)
        // Of the plaintext only the first block is random, so that it is no XML, and the last octet, which says how much
        // is padding; the ciphertext before a block can be changed to change it.
        func messages(_ lastOctet: @escaping () -> UInt8) throws -> [[UInt8]] {
            try (0..<variations)
                .map { _ in
                    let sealed = try key.sealed(text + [UInt8](repeating: 0x62, count: 15))
                    var forged = sealed
                    forged[sealed.count - 17] ^= 0x01 ^ lastOctet()
                    for index in 0..<16 { forged[index] ^= UInt8.random(in: 128...255) }
                    return key.message(forged)
                }
        }
        return Oracle(
            name: "CBC padding",
            policy: Policies.encrypted,
            kinds: [
                Kind(name: "good padding, no XML", messages: try messages { UInt8.random(in: 1...16) }),
                Kind(name: "good padding again", messages: try messages { UInt8.random(in: 1...16) }),
                Kind(name: "bad padding", messages: try messages { UInt8.random(in: 17...255) }),
                Kind(name: "bad padding, 0", messages: try messages { 0 }),
            ]
        )
    }

    /// Which part of a ciphertext of GCM is wrong.
    private static func tag() throws -> Oracle {
        let key = SealedContent(by: .aes256GCM)
        func messages(_ place: @escaping (Int) -> Int) throws -> [[UInt8]] {
            try (0..<variations)
                .map { _ in
                    var sealed = try key.sealed([UInt8](repeating: 0x61, count: 2000))
                    sealed[place(sealed.count)] ^= 1
                    return key.message(sealed)
                }
        }
        return Oracle(
            name: "GCM tag",
            policy: Policies.encrypted,
            kinds: [
                Kind(name: "tag, first octet", messages: try messages { $0 - 16 }),
                Kind(name: "tag, last octet", messages: try messages { $0 - 1 }),
                Kind(name: "ciphertext", messages: try messages { _ in 100 }),
                Kind(name: "IV", messages: try messages { _ in 0 }),
            ]
        )
    }

    /// Whether a wrapped key opens, by RSA-OAEP or RSA 1.5.
    private static func transport(isLegacy: Bool) throws -> Oracle {
        func messages(_ wrapped: @escaping (SealedContent) throws -> [UInt8]) throws -> [[UInt8]] {
            try (0..<variations)
                .map { _ in
                    let key = SealedContent(by: .aes256GCM, isLegacy: isLegacy)
                    let other = SealedContent(by: .aes256GCM, wrapped: try wrapped(key), isLegacy: isLegacy)
                    return other.message(try key.sealed([UInt8](repeating: 0x61, count: 2000)))
                }
        }
        return Oracle(
            name: isLegacy ? "RSA 1.5" : "RSA-OAEP",
            policy: Policies.encrypted,
            kinds: [
                Kind(
                    name: "opens to another key",
                    messages: try messages { _ in SealedContent(by: .aes256GCM, isLegacy: isLegacy).wrapped }
                ),
                Kind(
                    name: "opens to a short key",
                    messages: try messages { _ in SealedContent(by: .aes128GCM, isLegacy: isLegacy).wrapped }
                ),
                Kind(
                    name: "does not open",
                    messages: try messages { _ in [0] + SecureRandom.octets(count: 255) }
                ),
            ]
        )
    }
}
