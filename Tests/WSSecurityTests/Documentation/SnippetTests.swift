import FoundationEssentials
import Testing
import WSSecurity

@Suite("The code of the documentation does what its pages say")
struct SnippetTests {
    /// A pair whose certificate is valid now: the pages take the clock's moment.
    private static func pair(_ name: String) throws -> Fixtures.Pair {
        let key = try PrivateKey.generate(.p256)
        let rsa = try PrivateKey.generate(.rsa2048)
        let own = name == "receiver" ? rsa : key
        let certificate = try Certificate.selfSigned(
            key: own,
            subject: "CN=\(name)",
            notBefore: Date().addingTimeInterval(-60),
            notAfter: Date().addingTimeInterval(600)
        )
        return Fixtures.Pair(key: own, certificate: certificate)
    }

    private static let envelope = Array(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><a>1</a></s:Body></s:Envelope>".utf8
    )

    @Test("Sign, verify")
    func signed() throws {
        let sender = try Self.pair("sender")
        let message = try sign(Self.envelope, key: sender.key, certificate: sender.certificate)
        #expect(try verify(message, from: sender.certificate) == Array("<a>1</a>".utf8))
        let stranger = try Self.pair("stranger")
        #expect(throws: SecurityFault.self) { try verify(message, from: stranger.certificate) }
    }

    @Test("Encrypt, decrypt")
    func encrypted() throws {
        let (sender, receiver) = try (Self.pair("sender"), Self.pair("receiver"))
        let message = try signAndEncrypt(Self.envelope, as: sender.credential, for: receiver.certificate)
        #expect(!String(decoding: message, as: UTF8.self).contains("<a>1</a>"))
        let opened = try open(message, as: receiver.decryption, from: sender.certificate)
        #expect(String(decoding: opened, as: UTF8.self).contains("<a>1</a>"))
    }

    @Test("From file to file")
    func large() throws {
        let (sender, receiver) = try (Self.pair("sender"), Self.pair("receiver"))
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-stream-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (plain, message, opened) = (
            folder.appending(path: "plain"), folder.appending(path: "message"), folder.appending(path: "opened")
        )
        try Data(Self.envelope).write(to: plain)
        try protectLarge(plain, to: message, for: receiver.certificate, as: sender.credential)
        let content = Data("<a>1</a>".utf8)
        #expect(try Data(contentsOf: message).firstRange(of: content) == nil)
        let signer = try openLarge(message, to: opened, from: sender.certificate, as: receiver.decryption)
        #expect(signer == .certificate(sender.certificate))
        #expect(try Data(contentsOf: opened).firstRange(of: content) != nil)
    }

    @Test("A policy for an old partner; an answer that tells nothing")
    func others() throws {
        #expect(policyForAnOldPartner().encryptionAlgorithms.contains(.aes256CBC))
        #expect(!InboundPolicy().encryptionAlgorithms.contains(.aes256CBC))
        var logged = ""
        let told = answer(to: SecurityFault(.securityTokenUnavailable, "the cause")) { logged = $0 }
        #expect(logged.contains("the cause"))
        #expect(!String(decoding: told, as: UTF8.self).contains("the cause"))
    }
}
