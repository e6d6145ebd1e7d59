import Keystore
import Messaging
import TestSupport
import Testing
import WSSecurity

@Suite struct FlowDocumentTests {
    static let document = """
        id: orders
        pattern: requestReply
        sender:
          partner: sender-one
          path: /in/orders
          soap: "1.2"
          request: {verify: [sender-sign], decrypt: tenant-decrypt, signed: [body, "{urn:h}Head"], maximumAge: 60, clockSkew: 5}
          response: {sign: tenant-reply, keyReference: thumbprint, digest: sha512, order: encryptThenSign}
        receiver:
          partner: receiver-one
          url: https://receiver.example:8443/orders
          timeout: 7
          request: {encrypt: receiver-encrypt, encryption: aes128-gcm, keyTransport: rsa-oaep-sha256}
          response: {}
        delivery: {guaranteed: 90}
        """

    @Test func `A flow is read with everything that its document says`() throws {
        let flow = try IntegrationFlow(yaml: Self.document)
        #expect(flow.id.rawValue == "orders" && flow.pattern == .requestReply)
        #expect(flow.sender.soapVersion == .soap12)
        #expect(flow.sender.request.verify.map(\.rawValue) == ["sender-sign"])
        #expect(flow.sender.request.demands.signed == [.body, .header(namespace: "urn:h", localName: "Head")])
        #expect(flow.sender.request.demands.encrypted == [.body])
        #expect(!flow.sender.request.demands.requiresTimestamp)
        #expect(flow.sender.request.demands.maximumAge == .seconds(60))
        #expect(flow.sender.response?.signature.keyReference == .thumbprint)
        #expect(flow.sender.response?.signature.algorithm == .sha512)
        #expect(flow.sender.response?.order == .encryptThenSign)
        #expect(flow.receiver.timeout == .seconds(7))
        #expect(flow.receiver.request.encryption.algorithm == .aes128GCM)
        #expect(flow.receiver.request.encryption.keyTransport == .rsaOAEP(digest: .sha256, mgf: .sha256))
        #expect(flow.receiver.response?.verify == [])
        #expect(flow.delivery.guaranteed == .seconds(90))
        #expect(flow.uses.count == 4)
    }

    @Test(
        "A fault is named by file, line, key, cause and mend",
        arguments: [
            ("id: orders", "id: or/ders", 1, "id"),
            ("pattern: requestReply", "pattern: twoWay", 2, "pattern"),
            ("pattern: requestReply", "pattern: oneWay", 8, "sender.response"),
            ("partner: sender-one", "partner: Sender One", 4, "sender.partner"),
            ("path: /in/orders", "path: in/orders", 5, "sender.path"),
            ("path: /in/orders", "path: /in/ord?ers", 5, "sender.path"),
            ("soap: \"1.2\"", "soap: \"2.0\"", 6, "sender.soap"),
            ("verify: [sender-sign]", "verify: [Sender Sign]", 7, "sender.request.verify"),
            ("verify: [sender-sign], ", "", 7, "sender.request.verify"),
            ("maximumAge: 60", "maximumAge: soon", 7, "sender.request.maximumAge"),
            ("maximumAge: 60", "maximumAge: 0", 7, "sender.request.maximumAge"),
            ("maximumAge", "maximalAge", 7, "sender.request.maximalAge"),
            ("\"{urn:h}Head\"", "head", 7, "sender.request.signed"),
            ("digest: sha512", "digest: md5", 8, "sender.response.digest"),
            ("url: https://receiver", "url: ftp://receiver", 11, "receiver.url"),
            ("url: https://receiver", "url: https://user@receiver", 11, "receiver.url"),
            ("request: {encrypt: receiver-encrypt,", "request: {", 13, "receiver.request.encryption"),
            ("delivery: {guaranteed: 90}", "delivery: 90", 15, "delivery"),
        ]
    )
    func faults(original: String, replacement: String, line: Int, key: String) throws {
        let yaml = Self.document.replacing(original, with: replacement)
        do {
            _ = try IntegrationFlow(yaml: yaml, file: "orders.yaml")
            Issue.record("accepted: \(replacement)")
        } catch {
            #expect(error.file == "orders.yaml" && error.line == line && error.key == key, "\(error)")
            #expect(!error.cause.isEmpty && !error.mend.isEmpty)
            #expect(error.description.hasPrefix("orders.yaml:\(line): \(key): "))
        }
    }

    @Test(
        "What is no flow document at all is refused with a place or a reason",
        arguments: [
            "", "id", "- a\n- b", "id: [", "id: a\nid: b", "a: &x [*x]", "id: orders\n---\nid: others",
            String(repeating: "[", count: 5000), String(repeating: "a", count: 70_000),
        ]
    )
    func noDocument(yaml: String) {
        #expect(throws: FlowError.self) { try IntegrationFlow(yaml: yaml) }
    }

    @Test func `A damaged document never crashes the reader`() {
        var generator = SeededGenerator(seed: 20_270_101)
        let original = Array(Self.document.utf8)
        for _ in 0..<2000 {
            var octets = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<octets.count, using: &generator)
                octets[place] = UInt8.random(in: 0x20...0x7E, using: &generator)
            }
            _ = try? IntegrationFlow(yaml: String(decoding: octets, as: UTF8.self))
        }
    }
}
