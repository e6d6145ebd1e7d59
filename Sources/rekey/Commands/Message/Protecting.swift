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
    /// A refused message: the OASIS code, the cause, and what the peer would be told.
    init(_ fault: SecurityFault) {
        self.init(fault.description, hint: "the peer would be told: \(fault.outward.text)")
    }
}
