import FoundationEssentials
import WSSecurity
import XML
import XMLSignature

/// Rekey by its public interface; the XML-alone row by what the package shows to its own targets.
struct RekeyStack: Stack {
    private let signer: SigningCredential
    private let recipient: DecryptionKey
    private let folder: String
    private let now: Date

    init(keys: KeyFiles, folder: String, now: Date) throws {
        signer = try SigningCredential(key: keys.privateKey("signer"), certificate: keys.certificate("signer"))
        recipient = try DecryptionKey(certificate: keys.certificate("receiver"), key: keys.privateKey("receiver"))
        self.folder = folder
        self.now = now
    }

    /// Longer than any run.
    private static let lifetime = Duration.seconds(86_400)

    func work(_ operation: Operation, octetCount: Int) throws -> (() throws -> Void)? {
        let input = try input(of: operation, octetCount)
        let now = now
        switch operation {
        case .sign, .encrypt, .signEncrypt:
            let protector = protector(operation)
            return { _ = try protector.protect(input, now: now) }
        case .verify, .decrypt, .verifyDecrypt:
            let processor = processor(operation)
            return { _ = try processor.process(input, receivedAt: now) }
        case .xml: return try XMLWork(signed: input).run
        }
    }

    /// A message that `operation` takes.
    func input(of operation: Operation, _ octetCount: Int) throws -> [UInt8] {
        guard let source = operation.source else {
            return try stored("order-\(octetCount)") { OrderMessage.octets(octetCount) }
        }
        return try stored("rekey-\(source.rawValue)-\(octetCount)") {
            try protector(source).protect(input(of: source, octetCount), now: now)
        }
    }

    /// The file of that name, made when it is missing: a process that reads it has not spent the memory of making it.
    private func stored(_ name: String, making make: () throws -> [UInt8]) throws -> [UInt8] {
        let file = URL(filePath: "\(folder)/\(name).xml")
        if let octets = try? Data(contentsOf: file) { return [UInt8](octets) }
        let octets = try make()
        try Data(octets).write(to: file)
        return octets
    }

    func protector(_ operation: Operation) -> MessageProtector {
        var protection = OutboundProtection(timestampLifetime: Self.lifetime)
        if operation != .encrypt { protection.signature = (SignatureSettings(), signer) }
        if operation != .sign { protection.encryption = (EncryptionSettings(), recipient.certificate) }
        return MessageProtector(protection)
    }

    func processor(_ operation: Operation) -> MessageProcessor {
        let policy = InboundPolicy(
            signed: operation == .decrypt ? [] : [.body, .timestamp],
            encrypted: operation == .verify ? [] : [.body],
            maximumAge: Self.lifetime
        )
        let keys = StaticTrustedKeys(verifying: [signer.certificate], decrypting: [recipient])
        return MessageProcessor(policy: policy, keys: keys)
    }
}
