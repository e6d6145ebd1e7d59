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
        let text = String(decoding: signature, as: UTF8.self)
        let parts = text.split(separator: "SignatureValue>", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let end = parts[1].firstIndex(of: "<") else { return nil }
        return Base64.decode(String(parts[1][..<end]))
    }
}
