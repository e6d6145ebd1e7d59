import Foundation
import Testing

/// A file system of a few megabytes, for root alone.
final class SmallDisk {
    static let octetCount = 24 << 20

    let folder: URL

    /// Mounts it; throws where that is not allowed.
    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "rekey-disk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=\(Self.octetCount)") == 0 else {
            throw InVain(description: "no tmpfs can be mounted: errno \(errno)")
        }
    }

    private var ballast: URL { folder.appending(path: "ballast") }

    /// Leaves no room at all.
    func fill() throws {
        let descriptor = open(ballast.path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard descriptor >= 0 else { throw InVain(description: "no ballast: errno \(errno)") }
        defer { Glibc.close(descriptor) }
        for size in [1 << 20, 4096] {
            let zeros = [UInt8](repeating: 0, count: size)
            while Glibc.write(descriptor, zeros, size) > 0 {}
        }
    }

    /// Gives the room back.
    func clear() throws { try FileManager.default.removeItem(at: ballast) }

    func unmount() {
        umount2(folder.path, Int32(MNT_DETACH))
        try? FileManager.default.removeItem(at: folder)
    }

    /// Whether this process may mount; says so when not.
    static var isAllowed: Bool {
        do {
            try SmallDisk().unmount()
            return true
        } catch {
            print("the tests of a full disk are SKIPPED: \(error)")
            return false
        }
    }
}
