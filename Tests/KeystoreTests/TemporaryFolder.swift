import Foundation

/// A folder that is gone after use.
enum TemporaryFolder {
    static func use(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "keystore-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path())
    }

    /// Writes a file with the permissions `mode`.
    static func write(_ contents: Data, to path: String, mode: Int) throws {
        try contents.write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
}
