#if os(Linux)
import Foundation
import Glibc

/// Tells which files of a folder were opened, by whatever process (inotify).
final class OpenedFiles {
    /// The fixed part of an `inotify_event`, before the name.
    private static let headLength = MemoryLayout<inotify_event>.size
    private let descriptor: Int32

    init(in folder: URL) throws {
        descriptor = inotify_init1(O_NONBLOCK)
        guard descriptor >= 0, inotify_add_watch(descriptor, folder.path, UInt32(IN_OPEN)) >= 0 else {
            throw CocoaError(.fileReadUnknown)
        }
    }

    deinit { close(descriptor) }

    /// The names of those that were opened since the last call.
    func names() -> Set<String> {
        var events = [UInt8](repeating: 0, count: 1 << 16)
        let count = max(0, read(descriptor, &events, events.count))
        var names: Set<String> = []
        var start = 0
        while start + Self.headLength <= count {
            let event = events.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start, as: inotify_event.self) }
            let end = start + Self.headLength + Int(event.len)
            let name = events[start + Self.headLength..<end].prefix { $0 != 0 }
            // The folder itself has none.
            if !name.isEmpty { names.insert(String(decoding: name, as: UTF8.self)) }
            start = end
        }
        return names
    }
}
#endif
