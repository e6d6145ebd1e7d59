import Foundation

/// `rekey serve` with a flow of each kind, as it is built for release.
final class RekeyGateway: Gateway {
    let name = "rekey"
    let port: Int
    private let process: BoundProcess
    private let folder: URL
    private let program: String
    private let management: Int

    init(root: String, folder: String, receiverPort: Int) throws {
        program = root + "/.build/release/rekey"
        self.folder = URL(filePath: folder + "/rekey", directoryHint: .isDirectory)
        try Self.write(self.folder, keys: folder, receiverPort: receiverPort)
        process = try BoundProcess(
            [program, "serve", "--config", "tenant.yaml"],
            folder: self.folder,
            log: "tenant.log",
            environment: ["REKEY_LOG_LEVEL": "warning"]
        )
        (port, management) = (18_080, 18_081)
        try process.wait("rekey") { _ in try? Socket(port: 18_080) }.end()
        try importKeys(folder)
    }

    var processIDs: [Int32] { [process.processID] }

    func carries(_ flow: GatewayFlow) -> Bool { true }

    func stop() { process.stop() }

    /// Holds deliveries of the one-way flow, or lets them go.
    func hold(_ isHeld: Bool) throws { try run(["flow", isHeld ? "hold" : "release", GatewayFlow.oneWay.id]) }

    private func importKeys(_ keys: String) throws {
        try run([
            "key", "import", "tenant", "--key", "\(keys)/tenant.key.pem", "--certificate", "\(keys)/tenant.crt.pem",
        ])
        for name in ["sender", "receiver"] {
            try run(["key", "import", name, "--certificate", "\(keys)/\(name).crt.pem", "--partner", name])
        }
    }

    private func run(_ arguments: [String]) throws {
        let command = Process()
        command.executableURL = URL(filePath: program)
        command.arguments = arguments
        command.currentDirectoryURL = folder
        command.environment = ["REKEY_SERVER": "http://127.0.0.1:\(management)", "REKEY_TOKEN_FILE": "token"]
        if arguments[0] == "flow" { command.environment?["REKEY_TOKEN_FILE"] = "developer" }
        command.standardOutput = FileHandle.nullDevice
        try command.run()
        command.waitUntilExit()
        guard command.terminationStatus == 0 else {
            throw BenchError("rekey \(arguments.joined(separator: " ")) failed")
        }
    }

    private static func write(_ folder: URL, keys: String, receiverPort: Int) throws {
        let flows = folder.appending(path: "flows")
        try FileManager.default.createDirectory(at: flows, withIntermediateDirectories: true)
        let masterKey = Data((0..<32).map { _ in UInt8.random(in: .min ... .max) }).base64EncodedString()
        let files = [
            "master.key": masterKey, "token": "0123456789abcdef0123456789abcdef",
            "developer": "fedcba9876543210fedcba9876543210", "tenant.yaml": configuration,
        ]
        for (name, text) in files { try write(text, to: folder.appending(path: name)) }
        for flow in GatewayFlow.allCases {
            try write(document(flow, receiverPort), to: flows.appending(path: flow.id + ".yaml"))
        }
    }

    private static func write(_ text: String, to file: URL) throws {
        try Data((text + "\n").utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    private static let configuration = """
        organisation: tenant
        listen: {messages: "127.0.0.1:18080", management: "127.0.0.1:18081"}
        store: {sqlite: ./tenant.sqlite}
        masterKey: {file: ./master.key}
        flows: ./flows
        partners:
          - {id: sender, keys: dual, role: sender}
          - {id: receiver, keys: dual, role: receiver}
        people:
          - {name: administrator, role: tenantAdministrator, organisation: tenant, tokenFile: ./token}
          - {name: developer, role: integrationDeveloper, organisation: tenant, tokenFile: ./developer}
        receivers: {networks: ["127.0.0.0/8"]}
        """

    private static func document(_ flow: GatewayFlow, _ receiverPort: Int) -> String {
        let (encrypted, decrypt) = flow.isEncrypting ? (", encrypted: [body]", ", decrypt: [tenant]") : ("", "")
        let encrypt = { (name: String) in flow.isEncrypting ? ", encrypt: \(name)" : "" }
        let hasReply = flow != .oneWay
        return """
            id: \(flow.id)
            pattern: \(hasReply ? "requestReply" : "oneWay")
            sender:
              partner: sender
              path: \(flow.path)
              request: {verify: [sender]\(decrypt)\(encrypted), maximumAge: 3600}
            \(hasReply ? "  response: {sign: tenant\(encrypt("sender"))}" : "")
            receiver:
              partner: receiver
              url: http://127.0.0.1:\(receiverPort)\(flow.receiverPath)
              request: {sign: tenant\(encrypt("receiver"))}
            \(hasReply ? "  response: {verify: [receiver]\(decrypt)\(encrypted), maximumAge: 3600}" : "")
            """
    }
}
