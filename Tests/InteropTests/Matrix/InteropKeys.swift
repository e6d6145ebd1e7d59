import Cryptography
import Foundation
import WSSecurity

/// Key pairs of a run, in memory for Rekey and as PEM files for the peers.
struct InteropKeys: Sendable {
    struct Pair: Sendable {
        let key: PrivateKey
        let certificate: Certificate
        /// The path of `PREFIX.key.pem` and `PREFIX.crt.pem`, without the endings.
        let prefix: String

        var certificateFile: String { prefix + ".crt.pem" }
    }

    /// Signs, whoever's turn it is.
    let signer: Pair
    /// Sign where the signature is of another kind than RSA.
    private let otherSigners: [String: Pair]
    /// Decrypts.
    let recipient: Pair
    /// Decrypt what is encrypted with an agreed key.
    private let curveRecipients: [String: Pair]
    /// Signs and encrypts in place of key pairs.
    let secret: SharedKey
    /// The file of its octets.
    let secretFile: String
    /// Belongs to nobody that a message is from or for.
    let stranger: Pair

    init(in folder: URL) throws {
        signer = try Self.pair("signer", .rsa2048, folder)
        otherSigners = try [
            "ecdsa-sha256": Self.pair("signer-p256", .p256, folder),
            "ecdsa-sha384": Self.pair("signer-p384", .p384, folder),
            "ecdsa-sha512": Self.pair("signer-p521", .p521, folder),
            "ed25519": Self.pair("signer-ed25519", .ed25519, folder),
        ]
        recipient = try Self.pair("recipient", .rsa2048, folder)
        curveRecipients = try [
            "ecdh-p256": Self.pair("recipient-p256", .p256, folder),
            "ecdh-p384": Self.pair("recipient-p384", .p384, folder),
            "ecdh-p521": Self.pair("recipient-p521", .p521, folder),
        ]
        let octets = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
        secret = SharedKey(name: "orders", octets: octets)
        secretFile = folder.appending(path: "secret").path(percentEncoded: false)
        try Data(octets).write(to: URL(filePath: secretFile))
        stranger = try Self.pair("stranger", .rsa2048, folder)
    }

    func signer(of cell: Cell) -> Pair {
        otherSigners[cell[.signature]] ?? signer
    }

    func recipient(of cell: Cell) -> Pair {
        curveRecipients[cell[.transport]] ?? recipient
    }

    private static func pair(_ name: String, _ kind: KeyKind, _ folder: URL) throws -> Pair {
        let key = try PrivateKey.generate(kind)
        let certificate = try Certificate.selfSigned(
            key: key,
            subject: "CN=\(name),OU=Interop\\, Test,O=Rekey",
            notBefore: Date(timeIntervalSinceNow: -3600),
            notAfter: Date(timeIntervalSinceNow: 86_400)
        )
        let prefix = folder.appending(path: name).path(percentEncoded: false)
        try Data(key.pem().utf8).write(to: URL(filePath: prefix + ".key.pem"))
        try Data(certificate.pem.utf8).write(to: URL(filePath: prefix + ".crt.pem"))
        return Pair(key: key, certificate: certificate, prefix: prefix)
    }
}
