import Foundation
import WSSecurity

/// Protects a message that a command names.
enum Protecting {
    /// Reads, protects and writes.
    static func run(_ protection: OutboundProtection, _ files: MessageFiles, now: Date) throws {
        let message = try files.read()
        do {
            try files.write(MessageProtector(protection).protect(message, now: now))
        } catch let fault as SecurityFault {
            throw Failure(fault)
        }
    }
}

extension Failure {
    /// A refused message: the OASIS code, the cause, why if that is known, and what the peer would be told.
    init(_ fault: SecurityFault, because reason: String? = nil) {
        let told = "the peer would be told: \(fault.outward.text)"
        self.init(
            fault.description,
            hint: reason.map { "\($0) (`rekey message inspect` shows where); \(told)" } ?? told
        )
    }
}
