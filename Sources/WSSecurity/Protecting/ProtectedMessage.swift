import Cryptography

/// A message as it leaves, with what its answer may be checked against.
public struct ProtectedMessage: Sendable {
    /// The message.
    public let octets: [UInt8]
    /// The values of its signatures, the primary one first: what `InboundPolicy.confirmations` expects of the response.
    public let signatureValues: [[UInt8]]

    /// Reads the values of `signatures`, which we wrote ourselves.
    init(octets: [UInt8], signatures: [[UInt8]]) {
        self.octets = octets
        signatureValues = signatures.compactMap(Self.value)
    }

    private static func value(of signature: [UInt8]) -> [UInt8]? {
        let last = endOfTag.count - 1
        let tag = signature.indices.first { index in
            signature[index] == endOfTag[last] && index >= last
                && signature[(index - last)...index].elementsEqual(endOfTag)
        }
        guard let tag, let end = signature[tag...].firstIndex(of: UInt8(ascii: "<")) else { return nil }
        return Base64.decode(signature[(tag + 1)..<end])
    }

    private static let endOfTag = Array("SignatureValue>".utf8)
}
