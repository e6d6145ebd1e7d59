import Foundation
import WSSecurity

extension HandMade {
    /// What comes of `message` when it is processed from file to file.
    static func streamed(
        _ message: String,
        _ policy: InboundPolicy,
        _ keys: StaticTrustedKeys,
        at moment: Date = Fixtures.now
    ) throws -> StreamedMessage {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-stream-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appending(path: "input")
        try Data(message.utf8).write(to: input)
        return try MessageProcessor(policy: policy, keys: keys)
            .process(contentsOf: input, to: folder.appending(path: "output"), spool: folder, receivedAt: moment)
    }
}
