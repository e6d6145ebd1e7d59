import Keystore
import ManagementAPI

/// Verifies an audit log away from the tenant that wrote it.
enum OfflineAudit {
    /// What is wrong with `log`; nil when its chain holds.
    static func fault(in log: [AuditResource]) -> String? {
        do {
            try AuditChain.verify(log.map(entry))
            return nil
        } catch {
            return "\(error)"
        }
    }

    private static func entry(_ resource: AuditResource) -> AuditEntry {
        AuditEntry(
            sequence: resource.sequence,
            at: resource.at,
            actor: resource.actor,
            action: resource.action,
            subject: resource.subject,
            detail: resource.detail,
            previousHash: octets(resource.previousHash),
            hash: octets(resource.hash)
        )
    }

    private static func octets(_ hexadecimal: String) -> [UInt8] {
        stride(from: 0, to: hexadecimal.utf8.count - 1, by: 2)
            .compactMap { place in
                UInt8(hexadecimal.dropFirst(place).prefix(2), radix: 16)
            }
    }
}
