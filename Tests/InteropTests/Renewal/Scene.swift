import AsyncHTTPClient
import Cryptography
import Foundation
import ManagementAPI
import PartnerSystem

/// A tenant and a sender (Rekey's processes) and a receiver that is WSS4J, with traffic between them.
final class Scene {
    /// The alias that is renewed.
    static let signing = "tenant-sign"

    /// By then every process has read the clock's file again (they do after 50 ms).
    private static let clockReadAnew = Duration.milliseconds(200)

    let folder: URL
    let http: HTTPClient
    let sender: PartnerControlClient
    let receiver: WSS4JReceiver
    private let managementPort: Int
    /// How many seconds the clock of all three is ahead.
    private var ahead = 0.0
    private let processes: [RekeyProcess]

    /// Starts the three, makes them known to each other and deploys the flow.
    init(http: HTTPClient) async throws {
        self.http = http
        let files = try SceneFiles()
        folder = files.folder
        managementPort = files.managementPort
        let tenant = try RekeyProcess("tenant", ["serve", "--config", "tenant.yaml"], in: folder)
        let partner = try RekeyProcess("sender", ["partner", "sender", "--config", "sender.yaml"], in: folder)
        processes = [partner, tenant]
        let administrator = Office.administrator.api(port: managementPort, http: http)
        try await tenant.wait { (try? await administrator.me()) != nil }
        try await partner.wait { (try? files.senderPorts) != nil }
        let port = try files.senderPorts.control
        sender = PartnerControlClient(url: "http://127.0.0.1:\(port)", token: SceneFiles.senderToken, httpClient: http)
        receiver = try await Self.introduce(files, administrator, sender, http)
        let developer = Office.developer.api(port: managementPort, http: http)
        _ = try await developer.putFlow("orders", yaml: files.flow(receiverPort: receiver.soapPort))
        try await sender.setSending(true)
    }

    var administrator: ManagementClient { api(.administrator) }

    func api(_ office: Office) -> ManagementClient {
        office.api(port: managementPort, http: http)
    }

    func close() {
        for process in processes { process.stop() }
        receiver.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Waits until `count` more orders are answered.
    func wait(forMore count: Int) async throws {
        let before = try await sender.status().counters.answered
        while try await sender.status().counters.answered < before + count {
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Moves the clock of all three on to `moment` unless it is past, while nothing is on its way.
    func travel(to moment: Date) async throws {
        let ahead = (moment.timeIntervalSinceNow + 1).rounded(.up)
        guard ahead > self.ahead else { return }
        self.ahead = ahead
        try await sender.setSending(false)
        try Data("\(Int(ahead))".utf8).write(to: folder.appending(path: "clock"), options: .atomic)
        try await Task.sleep(for: Self.clockReadAnew)
        try await sender.setSending(true)
    }

    private static func introduce(
        _ files: SceneFiles,
        _ administrator: ManagementClient,
        _ sender: PartnerControlClient,
        _ http: HTTPClient
    ) async throws -> WSS4JReceiver {
        var own: [String: String] = [:]
        for alias in [signing, "tenant-sign-reply", "tenant-decrypt-request", "tenant-decrypt-reply"] {
            let source = AddKeyVersion.Source.create(kind: "rsa-2048", subject: "CN=\(alias)", validityDays: 3650)
            _ = try await administrator.addKeyVersion(AddKeyVersion(alias: alias, source: source))
            own[alias] = try await administrator.certificate(of: alias, version: 1).pem
        }
        let recipient = files.folder.appending(path: "tenant-decrypt-reply.crt.pem")
        try Data((own["tenant-decrypt-reply"] ?? "").utf8).write(to: recipient)
        let clock = files.folder.appending(path: "clock")
        let receiver = try WSS4JReceiver(key: files.receiverKey, recipient: recipient, clock: clock, http: http)
        try await receiver.trust(own[signing] ?? "")
        try await sender.trust(.verify, certificate: own["tenant-sign-reply"] ?? "")
        try await sender.trust(.encrypt, certificate: own["tenant-decrypt-request"] ?? "")
        let held = try await sender.status()
        let receiverCertificate = try String(contentsOfFile: files.receiverKey + ".crt.pem", encoding: .utf8)
        let foreign = [
            ("sender-sign", "sender", held.inUse(.sign).first?.certificate),
            ("sender-encrypt", "sender", held.inUse(.decrypt).first?.certificate),
            ("receiver-sign", "receiver", receiverCertificate), ("receiver-encrypt", "receiver", receiverCertificate),
        ]
        for (alias, partner, certificate) in foreign {
            let source = AddKeyVersion.Source.certificate(certificates: certificate ?? "", partner: partner)
            _ = try await administrator.addKeyVersion(AddKeyVersion(alias: alias, source: source))
        }
        return receiver
    }
}
