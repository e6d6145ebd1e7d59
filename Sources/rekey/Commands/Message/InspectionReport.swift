import WSSecurity

/// What `message inspect` shows: why the message would be refused, and what it says of itself.
struct InspectionReport: Encodable {
    /// Whether no reason was found to refuse the message.
    var isAccepted: Bool { diagnosis.refusal == nil }
    /// What was found, the most important first, and each signature computed again.
    let diagnosis: MessageDiagnosis
    /// What the message says of itself.
    let message: MessageInspection

    private enum CodingKeys: String, CodingKey {
        case accepted
        case diagnosis
        case message
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isAccepted, forKey: .accepted)
        try container.encode(diagnosis, forKey: .diagnosis)
        try container.encode(message, forKey: .message)
    }
}
