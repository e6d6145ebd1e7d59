import ManagementAPI

/// The text output of the queue commands.
enum QueueText {
    /// One line for each message.
    static func list(_ messages: [MessageResource]) -> String {
        TextTable(
            ["message", "flow", "state", "accepted", "next", "tries", "reason"],
            messages.map { message in
                [
                    message.id, message.flow, message.state, Wording.moment(message.acceptedAt),
                    Wording.moment(message.dueAt), String(message.attempts), note(message),
                ]
            }
        )
        .text
    }

    private static func note(_ message: MessageResource) -> String {
        [message.waitsFor.map { "waits for \($0)" }, message.reason].compactMap(\.self).joined(separator: "; ")
    }
}
