import Foundation
import Keystore
import Renewal

/// Walks deliver no notifications and export no keys: nothing of that is kept.
extension MemoryRenewalTransaction {
    func undistributedNotifications(limit: Int) throws -> [RenewalNotification] { [] }

    func distribute(_ notification: RenewalNotification.ID, over deliveries: [InformDelivery]) throws {}

    func dueDeliveries(at now: Date, limit: Int) throws -> [InformDelivery] { [] }

    func updateDelivery(_ delivery: InformDelivery) throws {}

    func deliveries(in state: InformDelivery.State, limit: Int) throws -> [InformDelivery] { [] }

    func deliveryCount(in state: InformDelivery.State) throws -> Int { 0 }

    func deliveries(of notification: RenewalNotification.ID) throws -> [InformDelivery] { [] }

    func insertLink(_ link: InformLink) throws {}

    func link(digest: [UInt8]) throws -> InformLink? { nil }

    func useLinks(to notification: RenewalNotification.ID, for party: Party, at now: Date) throws {}

    func forgetLinks(expiredBefore moment: Date) throws {}

    func keyExport(_ id: String) throws -> KeyExport? { nil }

    func openKeyExports() throws -> [KeyExport] { [] }

    func save(_ export: KeyExport) throws {}

    func expiryNotices() throws -> [ExpiryNotice] { [] }

    func insert(_ notice: ExpiryNotice, at moment: Date) throws {}
}
