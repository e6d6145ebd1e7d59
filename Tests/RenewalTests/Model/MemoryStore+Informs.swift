import Foundation
import Renewal

/// The walks look at renewals: nothing leaves their outbox, and no mail of theirs has a link.
extension MemoryRenewalTransaction {
    func undistributedNotifications(limit: Int) throws -> [RenewalNotification] {
        Array(state.notifications.prefix(limit))
    }

    func distribute(_ notification: RenewalNotification.ID, over deliveries: [InformDelivery]) throws {
        throw Refusal.missing
    }

    func dueDeliveries(at now: Date, limit: Int) throws -> [InformDelivery] { [] }

    func updateDelivery(_ delivery: InformDelivery) throws { throw Refusal.missing }

    func deliveries(in state: InformDelivery.State, limit: Int) throws -> [InformDelivery] { [] }

    func deliveryCount(in state: InformDelivery.State) throws -> Int { 0 }

    func deliveries(of notification: RenewalNotification.ID) throws -> [InformDelivery] { [] }

    func insertLink(_ link: InformLink) throws { throw Refusal.missing }

    func link(digest: [UInt8]) throws -> InformLink? { nil }

    func useLinks(to notification: RenewalNotification.ID, for party: Party, at now: Date) throws {}

    func forgetLinks(expiredBefore moment: Date) throws {}
}
