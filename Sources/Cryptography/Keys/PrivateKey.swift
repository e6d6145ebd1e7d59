import COpenSSL

/// A private key, held by libcrypto or by a device; from libcrypto its octets come out only as `SecretOctets`.
public final class PrivateKey: Sendable {
    /// The public half.
    public let publicKey: PublicKey
    let holder: Holder

    /// Who has the octets.
    enum Holder: Sendable {
        case library(KeyHandle)
        case device(any DeviceKey)
    }

    /// What kind of key this is.
    public var algorithm: KeyAlgorithm { publicKey.algorithm }

    /// Takes a key that libcrypto holds; throws `unsupportedKey` for kinds other than RSA, the curves of FIPS 186,
    /// Ed25519 and X25519.
    init(_ handle: KeyHandle) throws(CryptographyError) {
        let publicKey = try PublicKey(spki: Self.spki(of: handle))
        if case .other(let name) = publicKey.algorithm {
            throw .unsupportedKey("\(name); supported are RSA, EC on P-256, P-384 and P-521, Ed25519 and X25519")
        }
        holder = .library(handle)
        self.publicKey = publicKey
    }

    /// The private half of `publicKey`, which a device holds; the device is not asked.
    package init(in device: any DeviceKey, publicKey: PublicKey) {
        holder = .device(device)
        self.publicKey = publicKey
    }

    /// The key as libcrypto has it; throws `deviceFailed` for a key that does not leave its device.
    func exportable() throws(CryptographyError) -> KeyHandle {
        switch holder {
        case .library(let handle): return handle
        case .device(let key): throw .deviceFailed(device: key.device, cause: "private keys do not leave it")
        }
    }

    /// A new key pair.
    public static func generate(_ kind: KeyKind) throws(CryptographyError) -> PrivateKey {
        let key =
            switch kind {
            case .rsa2048: rekey_generate_rsa(2048)
            case .rsa3072: rekey_generate_rsa(3072)
            case .rsa4096: rekey_generate_rsa(4096)
            case .p256: rekey_generate_ec("P-256")
            case .p384: rekey_generate_ec("P-384")
            case .p521: rekey_generate_ec("P-521")
            case .ed25519: rekey_generate_edwards("ED25519")
            case .x25519: rekey_generate_edwards("X25519")
            }
        guard let handle = KeyHandle(owning: key) else { throw ErrorQueue.failure(of: "making a key pair") }
        return try PrivateKey(handle)
    }

    private static func spki(of handle: KeyHandle) throws(CryptographyError) -> [UInt8] {
        let count = i2d_PUBKEY(handle.pointer, nil)
        guard count > 0 else { throw ErrorQueue.failure(of: "reading the public half of a key") }
        return [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, initializedCount in
            var position = buffer.baseAddress
            initializedCount = Int(max(0, i2d_PUBKEY(handle.pointer, &position)))
        }
    }
}
