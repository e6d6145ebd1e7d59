import COpenSSL
import Synchronization

/// A public key, known by its `SubjectPublicKeyInfo`.
///
/// Its shape is read by memory-safe code; libcrypto sees it only when it is first computed with, so that a key which is
/// merely mentioned in a message stays data.
public struct PublicKey: Sendable {
    /// The DER of the `SubjectPublicKeyInfo` (RFC 5280 section 4.1.2.7).
    public let spki: [UInt8]
    /// What kind of key this is.
    public let algorithm: KeyAlgorithm
    /// SHA-1 of the subject public key: the key identifier of RFC 5280 section 4.2.1.2, method 1.
    package let keyIdentifier: [UInt8]

    private let handle: LazyHandle

    /// Reads a `SubjectPublicKeyInfo`; throws `malformedKey` or `limitExceeded`.
    package init(spki: [UInt8]) throws(CryptographyError) {
        let info = try SubjectPublicKeyInfo(der: spki)
        self.spki = spki
        algorithm = info.algorithm
        keyIdentifier = DigestAlgorithm.sha1.digest(of: info.keyOctets)
        handle = LazyHandle()
    }

    /// libcrypto's form of the key, made at the first call; throws `malformedKey` (a point off the curve, say).
    func computable() throws(CryptographyError) -> KeyHandle {
        guard let handle = handle.value(from: spki) else {
            throw .malformedKey(ErrorQueue.takeReason())
        }
        return handle
    }

    private final class LazyHandle: Sendable {
        private let state = Mutex<KeyHandle?>(nil)

        func value(from spki: [UInt8]) -> KeyHandle? {
            state.withLock { handle in
                if handle == nil { handle = Self.decode(spki) }
                return handle
            }
        }

        private static func decode(_ spki: [UInt8]) -> KeyHandle? {
            spki.withUnsafeBufferPointer { buffer in
                var position = buffer.baseAddress
                return KeyHandle(owning: d2i_PUBKEY(nil, &position, buffer.count))
            }
        }
    }
}

extension PublicKey: Hashable {
    /// Whether both are the same key.
    public static func == (left: PublicKey, right: PublicKey) -> Bool {
        left.spki == right.spki
    }

    /// Feeds the key's octets to `hasher`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(spki)
    }
}
