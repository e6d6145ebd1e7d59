import Foundation
import Keystore
import Messaging
import Testing
import WSSecurity

@Suite struct ChannelSettingTests {
    private static func configuration(archive: URL? = nil) throws -> RuntimeConfiguration {
        var configuration = RuntimeConfiguration()
        configuration.credentials["orders-user"] = Receiver.password
        configuration.archive = try archive.map { try MessageArchive(folder: $0.path, masterKey: .generate()) }
        return configuration
    }

    private static func flow(_ world: World, _ original: String, _ replacement: String) throws -> IntegrationFlow {
        let yaml = try Fixtures.flow(url: world.url).yaml
        #expect(yaml.contains(original))
        return try IntegrationFlow(yaml: yaml.replacing(original, with: replacement))
    }

    @Test func `A user's token is signed and encrypted, and the receiver knows the user`() async throws {
        try await World.run(configuration: Self.configuration()) { world in
            let settings = """
                request: {sign: tenant-sign, encrypt: receiver-encrypt, signed: [body, timestamp, usernameToken], \
                layout: lax, usernameToken: {credential: orders-user}}
                """
            let flow = try Self.flow(world, "request: {sign: tenant-sign, encrypt: receiver-encrypt}", settings)
            try await world.runtime.deploy(flow)
            #expect(try await world.send("one").status == 200)
            #expect(world.receiver.arrivals.first?.user == "ORDERS")
        }
    }

    @Test func `A flow whose user or archive the tenant does not have is not deployed`() async throws {
        try await World.run { world in
            let user = try Self.flow(
                world,
                "encrypt: receiver-encrypt}",
                "encrypt: receiver-encrypt, usernameToken: {credential: nobody}}"
            )
            await #expect(throws: DeploymentError.unknownCredential("nobody", in: user.id)) {
                try await world.runtime.deploy(user)
            }
            let saving = try Self.flow(
                world,
                "request: {verify: [sender-sign], decrypt: [tenant-decrypt]}",
                "request: {verify: [sender-sign], decrypt: [tenant-decrypt], saveIncoming: true}"
            )
            await #expect(throws: DeploymentError.self) { try await world.runtime.deploy(saving) }
        }
    }

    @Test func `An accepted message is kept sealed as it arrived, and a refused one is not`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "archive-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let configuration = try Self.configuration(archive: folder)
        try await World.run(configuration: configuration) { world in
            let flow = try Self.flow(
                world,
                "request: {verify: [sender-sign], decrypt: [tenant-decrypt]}",
                "request: {verify: [sender-sign], decrypt: [tenant-decrypt], saveIncoming: true}"
            )
            try await world.runtime.deploy(flow)
            let message = try world.request("one")
            #expect(await world.send(message).status == 200)
            #expect(await world.send(Array("<no/>".utf8)).status != 200)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            let name = try #require(names.first)
            #expect(names.count == 1 && name.hasPrefix("orders-"))
            let archive = try #require(configuration.archive)
            #expect(try archive.message(in: name) == message)
            let sealed = try Data(contentsOf: folder.appending(path: name))
            #expect(sealed.firstRange(of: Data("Envelope".utf8)) == nil)
            try sealed.write(to: folder.appending(path: "other.sealed"))
            #expect(throws: KeystoreError.self) { try archive.message(in: "other.sealed") }
        }
    }

    @Test func `A message that cannot be kept is not taken`() async throws {
        let configuration = try Self.configuration(archive: URL(filePath: "/dev/null/archive"))
        try await World.run(configuration: configuration) { world in
            let flow = try Self.flow(
                world,
                "request: {verify: [sender-sign], decrypt: [tenant-decrypt]}",
                "request: {verify: [sender-sign], decrypt: [tenant-decrypt], saveIncoming: true}"
            )
            try await world.runtime.deploy(flow)
            #expect(try await world.send("one").status == 503)
            #expect(world.receiver.arrivals.isEmpty)
        }
    }
}
