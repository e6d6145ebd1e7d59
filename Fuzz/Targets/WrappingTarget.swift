import FoundationEssentials
import WSSecurity
import XML

extension FuzzTarget {
    static let wrapping = FuzzTarget(
        "wrapping",
        "rearranges a protected message by the input's commands; what is accepted still says what was signed"
    ) { (input) throws(BrokenPromise) in
        guard let choice = input.first else { return }
        let original = originals[Int(choice) % originals.count]
        var rearrangement = Rearrangement(of: original.message)
        var position = 1
        while position + 4 <= input.count, position < 33 {
            rearrangement.apply(Array(input[position..<position + 4]))
            position += 4
        }
        guard rearrangement.octets != original.message,
            let result = result(of: rearrangement.octets, original.policy)
        else { return }
        try promise(
            result.body == original.result.body,
            "another body: \(String(decoding: result.body, as: UTF8.self))"
        )
        try promise(result.timestamp == original.result.timestamp, "another timestamp")
        try promise(
            header(of: result) == header(of: original.result),
            "another signed header: \(String(decoding: rearrangement.octets, as: UTF8.self))"
        )
    }

    private static func header(of result: ProcessedMessage) -> String? {
        (try? SOAPEnvelope(result.envelope))?.messageID
    }

    private struct Original {
        let message: [UInt8]
        let policy: InboundPolicy
        let result: ProcessedMessage
    }

    private static let originals: [Original] = [false, true]
        .flatMap { isEncrypted in
            ProtectionOrder.allCases.map { order in
                let signature = SignatureSettings(parts: [.body, .timestamp, messageID])
                let protection = OutboundProtection(
                    signature: (signature, FuzzKeys.curve),
                    encryption: isEncrypted ? (EncryptionSettings(), FuzzKeys.recipient.certificate) : nil,
                    order: order
                )
                let message = protected(
                    Array(envelope(body: "<o:Order xmlns:o=\"urn:o\">1</o:Order>").utf8),
                    protection
                )
                var policy = InboundPolicy(signed: Set(signature.parts), encrypted: isEncrypted ? [.body] : [])
                policy.encryptionAlgorithms.insert(.aes256CBC)
                guard let result = result(of: message, policy) else { fatalError("the template is refused") }
                return Original(message: message, policy: policy, result: result)
            }
        }

    private static let messageID = MessagePart.header(
        namespace: "http://www.w3.org/2005/08/addressing",
        localName: "MessageID"
    )
}
