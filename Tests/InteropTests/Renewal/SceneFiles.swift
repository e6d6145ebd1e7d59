import Cryptography
import Foundation
import PartnerSystem

/// The files that the processes of a scene start with.
struct SceneFiles {
    static let senderToken = "token-of-the-sender-control"

    let folder: URL
    let messagePort: Int
    let managementPort: Int
    /// Prefix of the receiver's PEM files.
    let receiverKey: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "rekey-scene-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        messagePort = try FreePort.find()
        managementPort = try FreePort.find()
        receiverKey = folder.appending(path: "receiver").path(percentEncoded: false)
        try writeReceiverKey()
        try write("0", to: "clock")
        try write(Base64.encode(SecureRandom.octets(count: 32)), to: "master.key")
        try write(Self.senderToken, to: "sender.control-token")
        for office in Office.all { try write(office.token, to: "\(office.name).token") }
        try write(tenant, to: "tenant.yaml")
        try write(sender, to: "sender.yaml")
    }

    var senderPorts: PartnerPorts {
        get throws { try PartnerPorts(path: folder.appending(path: "sender.ports").path(percentEncoded: false)) }
    }

    /// Request and reply through the tenant, all four messages signed and encrypted.
    func flow(receiverPort: Int) -> String {
        """
        id: orders
        pattern: requestReply
        sender:
          partner: sender
          path: /in/orders
          soap: "1.1"
          request: {verify: [sender-sign], decrypt: [tenant-decrypt-request], signed: [body, timestamp], encrypted: [body]}
          response: {sign: tenant-sign-reply, encrypt: sender-encrypt}
        receiver:
          partner: receiver
          url: http://127.0.0.1:\(receiverPort)/orders
          timeout: 20
          request: {sign: \(Scene.signing), encrypt: receiver-encrypt}
          response: {verify: [receiver-sign], decrypt: [tenant-decrypt-reply], signed: [body, timestamp], encrypted: [body]}
        """
    }

    private var tenant: String {
        let people = Office.all.map {
            "  - {name: \($0.name), role: \($0.role), organisation: \($0.organisation), tokenFile: ./\($0.name).token}"
        }
        return """
            organisation: tenant
            listen: {messages: "127.0.0.1:\(messagePort)", management: "127.0.0.1:\(managementPort)"}
            receivers: {networks: ["127.0.0.0/8"]}
            store: {sqlite: ./tenant.sqlite}
            masterKey: {file: ./master.key}
            partners: [{id: sender, keys: dual, role: sender}, {id: receiver, keys: dual, role: receiver}]
            people:
            \(people.joined(separator: "\n"))
            clock: {rehearsalOffsetFile: ./clock}
            """
    }

    private var sender: String {
        """
        name: sender
        keys: dual
        folder: ./sender
        listen: {control: "127.0.0.1:0"}
        portsFile: ./sender.ports
        tokenFile: ./sender.control-token
        clock: {rehearsalOffsetFile: ./clock}
        keyPairs: [{use: sign, create: rsa-2048}, {use: decrypt, create: rsa-2048}]
        sending: false
        targets: [{url: "http://127.0.0.1:\(messagePort)/in/orders", pattern: requestReply, rate: 20}]
        """
    }

    private func writeReceiverKey() throws {
        let key = try PrivateKey.generate(.rsa2048)
        let certificate = try Certificate.selfSigned(
            key: key,
            subject: "CN=receiver",
            notBefore: Date(timeIntervalSinceNow: -3600),
            notAfter: Date(timeIntervalSinceNow: 3650 * 86_400)
        )
        try write(key.pem(), to: "receiver.key.pem")
        try write(certificate.pem, to: "receiver.crt.pem")
    }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600],
            ofItemAtPath: folder.appending(path: name).path(percentEncoded: false)
        )
    }
}
