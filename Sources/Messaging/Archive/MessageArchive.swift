import Dispatch
import Foundation
package import FoundationEssentials
package import Keystore

/// A folder of messages as they arrived, one sealed file each.
package struct MessageArchive: Sendable {
    private let folder: URL
    private let masterKey: MasterKey

    /// The archive in `folder`, which is made when it is not there; what is in it is sealed under `masterKey`.
    package init(folder: String, masterKey: MasterKey) {
        self.folder = URL(filePath: folder, directoryHint: .isDirectory)
        self.masterKey = masterKey
    }

    /// Writes `message`, which came in by `flow` at `moment`; returns the name of its file.
    ///
    /// The file is there, whole, when this returns. Throws what the file system throws.
    package func save(_ message: [UInt8], of flow: FlowID, at moment: Date) async throws -> String {
        let name = "\(flow)-\(Int(moment.timeIntervalSince1970))-\(UUID().uuidString.lowercased()).sealed"
        let sealed = Data(masterKey.seal(message, context: Self.context(name)))
        let place = folder.appending(path: name)
        try await Self.onItsOwnQueue { [folder] in
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try sealed.write(to: place, options: [.atomic])
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: place.path)
        }
        return name
    }

    /// The message in the file of that name; throws `sealBroken` when it was changed or renamed, and what the file system
    /// throws.
    package func message(in name: String) throws -> [UInt8] {
        let sealed = try Data(contentsOf: folder.appending(path: name))
        return try masterKey.open([UInt8](sealed), context: Self.context(name))
    }

    /// Seals what is still under the former master key under the current one; returns how many files.
    ///
    /// Each file is exchanged whole, so this may end at any moment and be begun again. Throws `sealBroken`, and what the file
    /// system throws.
    package func rewrap() throws -> Int {
        guard FileManager.default.fileExists(atPath: folder.path) else { return 0 }
        var count = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".sealed") {
            let place = folder.appending(path: name)
            let sealed = try [UInt8](Data(contentsOf: place))
            guard let rewrapped = try masterKey.rewrapped(sealed, context: Self.context(name)) else { continue }
            try Data(rewrapped).write(to: place, options: [.atomic])
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: place.path)
            count += 1
        }
        return count
    }

    /// A sealed message opens under its own name only.
    private static func context(_ name: String) -> String { "archived message " + name }

    /// The disk may be slow: the threads that carry messages do not wait for it.
    private static func onItsOwnQueue(_ write: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            queue.async { continuation.resume(with: Result(catching: write)) }
        }
    }

    private static let queue = DispatchQueue(label: "message archive")
}
