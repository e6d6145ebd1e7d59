import Cryptography
import TestSupport
import WSSecurity
import XML
import XMLSignature

/// A message of `Fixtures` as text whose prefixes are bound on the Envelope, so that its elements can be moved anywhere.
struct Specimen {
    let text: String

    /// A signed message, and an encrypted one when `encryption` says how.
    init(_ encryption: EncryptionSettings? = nil, order: ProtectionOrder = .signThenEncrypt) throws {
        let settings = SignatureSettings(parts: Self.parts)
        let octets = try Fixtures.protected(Self.plain, settings, encryption, order: order)
        text = String(decoding: octets, as: UTF8.self)
    }

    static let parts: [MessagePart] = [.body, .timestamp, Fixtures.messageID]

    static let policy = InboundPolicy(signed: Set(parts))

    /// `Fixtures.envelope` with more prefixes.
    static let plain: [UInt8] = {
        let declarations =
            " xmlns:wsse=\"\(WrappingTests.wsse)\" xmlns:wsu=\"\(WrappingTests.wsu)\""
            + " xmlns:ds=\"\(XMLSignatureNamespace.signature)\""
        let text = String(decoding: Fixtures.envelope(), as: UTF8.self)
        return Array(text.replacing("<soap:Envelope", with: "<soap:Envelope" + declarations, maxReplacements: 1).utf8)
    }()
}

extension String {
    /// The text with `addition` before the last `marker`.
    func inserting(_ addition: String, before marker: String) -> String {
        guard let place = ranges(of: marker).last else { return self }
        return String(self[..<place.lowerBound]) + addition + self[place.lowerBound...]
    }

    /// The text with `addition` after the first `marker`.
    func inserting(_ addition: String, after marker: String) -> String {
        guard let place = firstRange(of: marker) else { return self }
        return String(self[..<place.upperBound]) + addition + self[place.upperBound...]
    }

    /// The text without the first element of that name, and that element.
    func taking(_ name: String) -> (rest: String, element: String)? {
        guard let element = element(name), let place = firstRange(of: element) else { return nil }
        return (String(self[..<place.lowerBound]) + self[place.upperBound...], element)
    }
}
