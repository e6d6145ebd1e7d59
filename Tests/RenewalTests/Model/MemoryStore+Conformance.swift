import Foundation
import Keystore
import Renewal

/// Walks export no keys and watch no ends: nothing of that is kept.
extension MemoryRenewalTransaction {
    func keyExport(_ id: String) throws -> KeyExport? { nil }

    func openKeyExports() throws -> [KeyExport] { [] }

    func save(_ export: KeyExport) throws {}

    func expiryNotices() throws -> [ExpiryNotice] { [] }

    func insert(_ notice: ExpiryNotice, at moment: Date) throws {}
}
