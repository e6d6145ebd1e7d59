import Foundation

/// The files with which the processes of a rehearsal start.
struct StageFiles: Sendable {
    /// The folder that holds them all.
    let folder: URL

    /// A fresh folder below the system's temporary one, readable by its owner alone.
    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "rekey-drill-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// Writes a file that only its owner can read.
    func write(_ text: String, to name: String) throws {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: file, options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    /// The configuration of `rekey serve`.
    func writeTenant(
        _ lanes: [Lane],
        _ desks: [Desk],
        messagePort: Int,
        managementPort: Int,
        unguarded: Bool,
        token: StageToken?
    ) throws {
        let masterKey = Data((0..<32).map { _ in UInt8.random(in: .min ... .max) }).base64EncodedString()
        try write(masterKey + "\n", to: "master.key")
        if let token { try write(token.pin + "\n", to: "hsm.pin") }
        for desk in desks {
            try write(desk.token + "\n", to: "\(desk.name).token")
        }
        let partners = lanes.flatMap { lane in
            [
                "  - {id: \(lane.sender), keys: \(lane.keys), role: sender}",
                "  - {id: \(lane.receiver), keys: \(lane.keys), role: receiver}",
            ]
        }
        let people = desks.map { desk in
            "  - {name: \(desk.name), role: \(desk.role), organisation: \(desk.organisation), "
                + "tokenFile: ./\(desk.name).token}"
        }
        let text = """
            organisation: tenant
            listen: {messages: "127.0.0.1:\(messagePort)", management: "127.0.0.1:\(managementPort)"}
            store: {sqlite: ./tenant.sqlite}
            masterKey: {file: ./master.key}
            partners:
            \(partners.joined(separator: "\n"))
            people:
            \(people.joined(separator: "\n"))
            receivers: {networks: ["127.0.0.0/8"]}
            renewal: {safetyMargin: 60, applyTime: 0, cacheTime: 0, guaranteedDelivery: 300, minimumMessages: 5, \
            retentionDays: 90}
            clock: {rehearsalOffsetFile: ./clock}
            \(unguarded ? "rehearsal: {unguarded: true}" : "")
            \(token?.configuration ?? "")
            """
        try write(text, to: "tenant.yaml")
    }

    /// Removes the folder.
    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }
}
