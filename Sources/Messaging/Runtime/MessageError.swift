/// Why a stored message cannot be delivered again or discarded.
package enum MessageError: Error, Hashable, Sendable {
    /// There is no message of that name.
    case unknownMessage(String)
    /// Only failed messages are delivered again.
    case notFailed(String, StoredMessage.State)
    /// It is in delivery, or has ended.
    case notDiscardable(String, StoredMessage.State)
}

extension MessageError: CustomStringConvertible {
    /// The cause.
    package var description: String {
        switch self {
        case .unknownMessage(let id): "there is no stored message '\(id.prefix(128))'"
        case .notFailed(let id, let state):
            "the message \(id) is \(state.status.rawValue); only a failed one is delivered again"
        case .notDiscardable(let id, let state): "the message \(id) is \(state.status.rawValue) and cannot be discarded"
        }
    }

    /// What mends it.
    package var mend: String {
        switch self {
        case .unknownMessage: "list the messages of its flow"
        case .notFailed(_, .completed), .notDiscardable(_, .completed): "nothing: the receiver has it"
        case .notFailed(_, .discarded), .notDiscardable(_, .discarded): "ask the sender to send it anew"
        case .notFailed: "wait: it is delivered by itself while its flow is deployed"
        case .notDiscardable: "wait until the attempt under way has ended, or hold its flow first"
        }
    }
}
