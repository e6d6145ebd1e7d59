import Foundation
import WSSecurity

/// The orders of the tests: each has a name of its own and a content that no file of the tenant may show.
struct Order: Sendable {
    /// Stands in every order's body, and nowhere else.
    static let marker = "content-that-must-stay-sealed"

    let id: String

    init(_ id: String = "urn:uuid:\(UUID().uuidString.lowercased())") {
        self.id = id
    }

    /// The order as its sender sends it now: signed, encrypted for the tenant.
    func protected(by keys: PartnerKeys, at moment: Date = Date(timeIntervalSinceNow: 0)) throws -> [UInt8] {
        let outbound = OutboundProtection(
            signature: (SignatureSettings(), keys.sender.credential),
            encryption: (EncryptionSettings(), keys.tenantDecryption.certificate)
        )
        return try MessageProtector(outbound).protect(envelope, now: moment)
    }

    private var envelope: [UInt8] {
        Array(
            """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>\
            <a:MessageID xmlns:a="http://www.w3.org/2005/08/addressing">\(id)</a:MessageID></s:Header>\
            <s:Body><m:Order xmlns:m="urn:m"><m:secret>\(Self.marker) \(id)</m:secret></m:Order></s:Body></s:Envelope>
            """
            .utf8
        )
    }

    /// Which order a protected message of the tenant is, as its receiver sees it; `nil` when it is not acceptable.
    static func id(of message: [UInt8], keys: PartnerKeys, at moment: Date) -> String? {
        let processor = MessageProcessor(
            policy: InboundPolicy(encrypted: [.body]),
            keys: StaticTrustedKeys(
                verifying: [keys.tenantSigning.certificate],
                decrypting: [keys.receiver.decryption]
            )
        )
        guard let processed = try? processor.process(message, receivedAt: moment),
            let id = try? SOAPEnvelope(processed.envelope).messageID,
            String(decoding: processed.body, as: UTF8.self).contains("\(marker) \(id)")
        else { return nil }
        return id
    }

    /// A confirmation of the order `id`, signed by the receiver for the tenant.
    static func confirmation(of id: String, keys: PartnerKeys, at moment: Date) -> [UInt8] {
        let outbound = OutboundProtection(
            signature: (SignatureSettings(), keys.receiver.credential),
            encryption: (EncryptionSettings(), keys.tenantDecryption.certificate)
        )
        let envelope = """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/>\
            <s:Body><m:Done xmlns:m="urn:m">\(marker) \(id)</m:Done></s:Body></s:Envelope>
            """
        return (try? MessageProtector(outbound).protect(Array(envelope.utf8), now: moment)) ?? []
    }
}
