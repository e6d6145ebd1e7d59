import Foundation
import PartnerSystem
import Testing

/// A sender and a receiver that know each other, without a tenant between them.
struct Pair: Sendable {
    let folder: URL
    let mode: PartnerKeyMode

    init(mode: PartnerKeyMode) throws {
        self.mode = mode
        folder = FileManager.default.temporaryDirectory.appending(path: "rekey-partners-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    func receiver(soapPort: Int = 0) throws -> PartnerConfiguration {
        try configuration(
            "receiver",
            #"{"control": "127.0.0.1:0", "soap": "127.0.0.1:\#(soapPort)"}"#,
            #""oneWayPaths": ["/notices"]"#
        )
    }

    func sender(
        to port: Int,
        soap: String = "1.1",
        pattern: PartnerPattern = .requestReply
    ) throws -> PartnerConfiguration {
        let path = pattern == .oneWay ? "notices" : "orders"
        return try configuration(
            "sender",
            #"{"control": "127.0.0.1:0"}"#,
            """
            "sending": false, "targets": [{"url": "http://127.0.0.1:\(port)/\(path)", "pattern": "\(pattern)", \
            "soap": "\(soap)", "rate": 200}]
            """
        )
    }

    /// Runs both and lets each trust the other's first certificates.
    func run(
        soap: String = "1.1",
        pattern: PartnerPattern = .requestReply,
        _ body: @Sendable (_ sender: RunningPartner, _ receiver: RunningPartner) async throws -> Void
    ) async throws {
        defer { remove() }
        try await RunningPartner.with(receiver(), as: .receiver, in: folder) { receiver in
            let port = try #require(receiver.ports.soap)
            try await RunningPartner.with(sender(to: port, soap: soap, pattern: pattern), as: .sender, in: folder) {
                sender in
                try await Self.introduce(sender, receiver)
                try await body(sender, receiver)
            }
        }
    }

    static func introduce(_ sender: RunningPartner, _ receiver: RunningPartner) async throws {
        for (one, other) in [(sender, receiver), (receiver, sender)] {
            let status = try await one.client.status()
            try await other.client.trust(.verify, certificate: #require(status.inUse(.sign).first).certificate)
            try await other.client.trust(.encrypt, certificate: #require(status.inUse(.decrypt).first).certificate)
        }
    }

    private func configuration(_ name: String, _ listen: String, _ more: String) throws -> PartnerConfiguration {
        let text = """
            {"name": "\(name)", "keys": "\(mode)", "folder": "\(name)", "listen": \(listen), "portsFile": "\(name).ports",
             "tokenFile": "\(name).token", \(more),
             "keyPairs": [{"use": "sign", "create": "rsa-2048"}, {"use": "decrypt", "create": "rsa-2048"}]}
            """
        return try JSONDecoder().decode(PartnerConfiguration.self, from: Data(text.utf8))
    }
}
