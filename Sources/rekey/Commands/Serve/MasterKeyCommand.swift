import ArgumentParser
import Cryptography
import Foundation
import Keystore

/// The command `rekey master-key`.
struct MasterKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "master-key",
        abstract: "Makes the key that a tenant's store is sealed under.",
        subcommands: [MasterKeyCreate.self]
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
