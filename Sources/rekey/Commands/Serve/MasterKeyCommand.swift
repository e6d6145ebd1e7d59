import ArgumentParser
import Cryptography
import Foundation
import Keystore
import ManagementAPI

/// The command `rekey master-key`.
struct MasterKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "master-key",
        abstract: "Makes and rotates the key that a tenant's store is sealed under.",
        subcommands: [MasterKeyCreate.self, MasterKeyRotate.self]
    )
}

/// The command `rekey master-key create`.
struct MasterKeyCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Writes a fresh master key to a new file that only you may read.",
        discussion: "Keep a copy where the store is not: without this key nothing in the store can be opened."
    )
    @Argument(help: "The file to make; an existing one is left alone.", completion: .file()) var file: String

    func run() async throws {
        let text = Base64.encode(SecureRandom.octets(count: MasterKey.octetCount)) + "\n"
        let handle = try PrivateFile.create(file)
        try handle.write(contentsOf: Data(text.utf8))
        try handle.synchronize()
    }
}

/// The command `rekey master-key rotate`.
struct MasterKeyRotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Seals everything that the former master key sealed under the current one.",
        discussion: """
            First name the new key as masterKey and the old one as formerMasterKey in the tenant's configuration, and start \
            the tenant again. The command may be given again at any moment: it goes on where it ended. When it has nothing \
            left to do, take formerMasterKey out.
            """
    )
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let done = try await server.withClient { try await $0.rotateMasterKey() }
        try output.show(done) { done in
            "sealed anew: \(done.keys) private keys, \(done.messages) stored and \(done.files) archived messages; nothing is "
                + "left under the former key, so take formerMasterKey out of the configuration"
        }
    }
}
