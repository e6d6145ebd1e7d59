import FoundationEssentials
import Synchronization
import WSSecurity

/// Collects what the engine wants remembered of one message.
///
/// The engine asks in the middle of its work, where nothing can wait for a disk. The runtime asks the store afterwards,
/// together with other messages, before anything of the message leaves.
final class MarkCollector: ReplayCache {
    private let collected = Mutex<(marks: [[UInt8]], expiresAt: Date)?>(nil)

    func record(_ marks: [ReplayMark], until expiry: Date, now: Date) -> ReplayVerdict {
        // A part that is signed twice by one key in one message is no repetition.
        var unique: [[UInt8]] = []
        for mark in marks.map(\.digest) where !unique.contains(mark) { unique.append(mark) }
        collected.withLock { $0 = (unique, expiry) }
        return .recorded
    }

    /// What is to be remembered of the message on `flow`; `nil` when nothing in it was signed.
    func entry(on flow: FlowID) -> ReplayEntry? {
        collected.withLock { $0 }.map { ReplayEntry(marks: $0.marks, flow: flow, expiresAt: $0.expiresAt) }
    }
}
