import ArgumentParser
import Foundation
import WSSecurity

/// Processes a message that a command names.
struct Processing {
    let policy: InboundPolicy
    let keys: StaticTrustedKeys
    let output: OutputOptions

    /// The processed message; a refused one is reported as JSON where that is asked for, and thrown.
    func process(_ message: [UInt8], now: Date) throws -> ProcessedMessage {
        do {
            return try MessageProcessor(policy: policy, keys: keys).process(message, receivedAt: now)
        } catch {
            if output.format == .json { try output.show(ProcessingReport(error)) { $0.text } }
            throw Failure(error)
        }
    }
}
