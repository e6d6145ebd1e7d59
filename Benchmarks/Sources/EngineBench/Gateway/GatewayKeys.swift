import FoundationEssentials
import WSSecurity

/// The key pairs of a run: `sender`, `tenant`, `receiver`, RSA 2048, each as `NAME.key.pem` and `NAME.crt.pem`.
struct GatewayKeys {
    static let names = ["sender", "tenant", "receiver"]

    private let pairs: [String: SigningCredential]

    /// Makes them, and writes them into `folder`.
    init(folder: String, now: Date) throws {
        var pairs: [String: SigningCredential] = [:]
        for name in Self.names {
            let key = try PrivateKey.generate(.rsa2048)
            let certificate = try Certificate.selfSigned(
                key: key,
                subject: "CN=\(name),O=Benchmark",
                notBefore: now.addingTimeInterval(-86_400),
                notAfter: now.addingTimeInterval(365 * 86_400)
            )
            try Data(key.pem().utf8).write(to: URL(filePath: "\(folder)/\(name).key.pem"))
            try Data(certificate.pem.utf8).write(to: URL(filePath: "\(folder)/\(name).crt.pem"))
            pairs[name] = SigningCredential(key: key, certificate: certificate)
        }
        self.pairs = pairs
    }

    /// What protects messages of `name` for the tenant.
    func protector(_ name: String, encrypting: Bool) throws -> MessageProtector {
        guard let own = pairs[name], let tenant = pairs["tenant"] else { throw BenchError("no key \(name)") }
        // Longer than the flow's own time, so that what was made before a round is accepted in it.
        var protection = OutboundProtection(timestampLifetime: .seconds(3600))
        protection.signature = (SignatureSettings(), own)
        if encrypting { protection.encryption = (EncryptionSettings(), tenant.certificate) }
        return MessageProtector(protection)
    }
}
