package import FoundationEssentials

/// What the delivery of notifications needs from one store transaction.
///
/// Storing a notification puts it into the outbox in the same transaction; it leaves the outbox for its deliveries in one.
package protocol InformTransaction {
    /// Notifications in the outbox that were not given to channels yet, oldest first.
    func undistributedNotifications(limit: Int) throws -> [RenewalNotification]

    /// Takes a notification out of the outbox and stores its deliveries; those that are there stay as they are.
    func distribute(_ notification: RenewalNotification.ID, over deliveries: [InformDelivery]) throws

    /// Deliveries that wait and are due, the longest due first.
    func dueDeliveries(at now: Date, limit: Int) throws -> [InformDelivery]

    /// Writes how far a stored delivery is.
    func updateDelivery(_ delivery: InformDelivery) throws

    /// The deliveries in this state, oldest first.
    func deliveries(in state: InformDelivery.State, limit: Int) throws -> [InformDelivery]

    /// How many deliveries are in this state, which is none that ended well.
    func deliveryCount(in state: InformDelivery.State) throws -> Int

    /// The deliveries of one notification.
    func deliveries(of notification: RenewalNotification.ID) throws -> [InformDelivery]

    /// Stores a link.
    func insertLink(_ link: InformLink) throws

    /// The link whose token has this digest.
    func link(digest: [UInt8]) throws -> InformLink?

    /// Marks every link to the notification for this role and organisation as used.
    func useLinks(to notification: RenewalNotification.ID, for party: Party, at now: Date) throws

    /// Erases links that expired before this moment.
    func forgetLinks(expiredBefore moment: Date) throws
}
