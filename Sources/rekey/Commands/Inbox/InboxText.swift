import ManagementAPI

/// The text output of `rekey inbox`.
enum InboxText {
    /// One notification after the other, in short.
    static func list(_ notifications: [NotificationResource]) -> String {
        guard !notifications.isEmpty else { return "nothing new" }
        return RenewalText.notifications(notifications)
    }

    /// One notification whole.
    static func show(_ notification: NotificationResource) -> String {
        let parts = [RenewalText.notifications([notification]), notification.certificate]
        return parts.compactMap(\.self).joined(separator: "\n")
    }

    /// What became of mails and webhooks.
    static func deliveries(_ deliveries: [InformResource]) -> String {
        guard !deliveries.isEmpty else { return "no deliveries" }
        return TextTable(
            ["delivery", "notification", "to", "state", "attempts", "next", "last result"],
            deliveries.map {
                [
                    $0.id, $0.notification, "\($0.person) <\($0.address)>", state($0), String($0.attempts),
                    Wording.moment($0.dueAt), $0.result ?? "-",
                ]
            }
        )
        .text
    }

    private static func state(_ delivery: InformResource) -> String {
        delivery.isUncertain && delivery.state != "delivered" ? "\(delivery.state), may have arrived" : delivery.state
    }
}
