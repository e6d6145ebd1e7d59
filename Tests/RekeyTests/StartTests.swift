import Foundation
import Testing

@Suite("A tenant that is started again")
struct StartTests {
    private static func flow(_ name: String) -> String {
        """
        id: \(name)
        pattern: oneWay
        sender: {partner: sender, path: /in/\(name), request: {}}
        receiver: {partner: receiver, url: "http://127.0.0.1:1/", request: {}}

        """
    }

    private let program: Program

    init() throws {
        program = try Program()
        try PlainTenant.prepare(program, flow: Self.flow("orders"))
        try program.file("flows/others.yaml", Self.flow("others"))
    }

    private func start() throws -> RunningTenant { try RunningTenant(program, configuration: "tenant.yaml") }

    private func list(_ tenant: RunningTenant) throws -> String {
        try program.run("flow", "list", "--server", tenant.management, "--token-file", "developer").output
    }

    @Test("After a kill its first message is taken by its flow, and the management API shows all of them")
    func afterKill() throws {
        defer { program.remove() }
        try start().kill()
        for _ in 0..<2 {
            let tenant = try start()
            #expect(try PlainTenant.post(octetCount: 100, to: tenant).hasPrefix("HTTP/1.1 202"))
            let flows = try list(tenant)
            #expect(flows.contains("/in/orders") && flows.contains("/in/others"))
            tenant.kill()
        }
    }

    #if os(Linux)
    @Test("A file that was read is not opened again until it is changed")
    func unchangedFiles() throws {
        defer { program.remove() }
        let opened = try OpenedFiles(in: program.folder.appending(path: "flows"))
        try start().kill()
        #expect(opened.names() == ["orders.yaml", "others.yaml"])
        try start().kill()
        #expect(opened.names() == [])
        try program.file("flows/others.yaml", Self.flow("others") + "# changed\n")
        #expect(opened.names() == ["others.yaml"])
        try start().kill()
        #expect(opened.names() == ["others.yaml"])
    }
    #endif

    @Test("A file that was changed, added or removed meanwhile is treated as at the first start")
    func changedFiles() throws {
        defer { program.remove() }
        try start().kill()

        try program.file("flows/others.yaml", "id: [")
        let refused = try program.run("serve", "--config", "tenant.yaml")
        #expect(refused.status == 4 && refused.diagnosis.contains("others.yaml"), "\(refused.diagnosis)")

        // It stays the flow of its first deployment; the new one is deployed.
        try program.file("flows/others.yaml", Self.flow("others") + "# changed\n")
        try program.file("flows/third.yaml", Self.flow("third"))
        var tenant = try start()
        #expect(try list(tenant).contains("/in/third"))
        #expect(tenant.terminate() == 0)

        try FileManager.default.removeItem(at: program.folder.appending(path: "flows/third.yaml"))
        tenant = try start()
        #expect(try list(tenant).contains("/in/third"))
        #expect(tenant.terminate() == 0)
    }
}
