import Foundation
import WSSecurity

#if canImport(Glibc)
import Glibc
#endif

/// The file in a partner system's folder that keeps its keys: one JSON file of PEM texts, readable by its owner alone, replaced whole.
struct KeyringFile: Sendable {
    let path: String

    init(folder: String) {
        path = folder + "/keyring.json"
    }

    private struct Entry: Codable {
        var use: PartnerKeyUse
        var inUse: Bool
        var certificate: String
        var privateKey: String?
    }

    /// The keys that the file keeps; `nil` when there is no file yet.
    func read() throws -> [HeldKey]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let data = try Data(contentsOf: URL(filePath: path))
        return try PartnerJSON.decode([Entry].self, from: data).map(key)
    }

    func write(_ keys: HeldKeys) throws {
        let data = try PartnerJSON.encode(keys.all.map(entry))
        try FileManager.default.createDirectory(
            atPath: URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false),
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let next = path + ".next"
        try? FileManager.default.removeItem(atPath: next)
        let made = FileManager.default.createFile(atPath: next, contents: data, attributes: [.posixPermissions: 0o600])
        guard made, rename(next, path) == 0 else {
            throw KeyringFileError(path: path)
        }
    }

    private func key(_ entry: Entry) throws -> HeldKey {
        HeldKey(
            use: entry.use,
            certificate: try Certificate(pem: entry.certificate),
            privateKey: try entry.privateKey.map { try PrivateKey(pem: $0, password: nil) },
            inUse: entry.inUse
        )
    }

    private func entry(_ key: HeldKey) throws -> Entry {
        Entry(
            use: key.use,
            inUse: key.inUse,
            certificate: key.certificate.pem,
            privateKey: try key.privateKey?.pem()
        )
    }
}

/// The keyring could not be written.
struct KeyringFileError: Error, CustomStringConvertible {
    let path: String

    var description: String { "the keyring \(path) cannot be written; check the folder's owner and the free space" }
}
