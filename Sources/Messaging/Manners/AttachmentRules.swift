import WSSecurity

/// What a flow does not carry in messages with attachments, because it would look protected and would not be.
struct AttachmentRules {
    /// The parts that the channel protects, or demands to be protected.
    let protected: Set<MessagePart>

    /// Checks an envelope as it arrived: it must not claim that attachments are protected.
    static func checkArrived(_ envelope: [UInt8]) throws {
        guard let protection = try AttachmentUse(envelope).protection else { return }
        throw MIMEError.unsupported("protection of attachments (\(protection)); protect the envelope alone")
    }

    /// Checks an envelope in the clear: a signature over an `xop:Include`, or its ciphertext, does not cover the part that it stands
    /// for, which anyone could exchange.
    func check(_ envelope: [UInt8]) throws {
        guard !protected.isEmpty, OctetSearch.isMentioned("Include", in: envelope) else { return }
        let use = try AttachmentUse(envelope)
        guard !(use.isIncludingInBody && protected.contains(where: \.isInBody)), !use.isIncludingInHeader else {
            throw MIMEError.unsupported(
                "xop:Include in a part that is signed or encrypted; send that part without MTOM"
            )
        }
    }
}

extension MessagePart {
    fileprivate var isInBody: Bool {
        switch self {
        case .body: true
        case .element(let path): path.origin == .body
        default: false
        }
    }
}
