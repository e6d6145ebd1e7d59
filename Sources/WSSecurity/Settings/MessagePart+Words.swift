extension MessagePart {
    /// The parts that a word alone names.
    public static let worded: [MessagePart] = [
        .body, .timestamp, .signature, .signatureToken, .usernameToken, .samlAssertion, .signatureConfirmation,
    ]

    /// Reads what `description` writes: a word, `{namespace}local`, or a path; `nil` when it is neither.
    public init?(_ text: String) {
        if let part = Self.worded.first(where: { $0.description == text }) {
            self = part
        } else if text.hasPrefix("/"), let path = ElementPath(text) {
            self = .element(path)
        } else if let step = ElementPath.Step(text), !step.namespace.isEmpty {
            self = .header(namespace: step.namespace, localName: step.localName)
        } else {
            return nil
        }
    }
}
