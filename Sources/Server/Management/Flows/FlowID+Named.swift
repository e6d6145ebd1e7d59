import Messaging

extension FlowID {
    /// The flow that a request names.
    init(named text: String) throws(Refusal) {
        guard let id = FlowID(rawValue: text) else { throw .notFound("flow \(text.prefix(64))") }
        self = id
    }
}
