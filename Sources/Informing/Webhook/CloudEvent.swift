import FoundationEssentials
import Renewal

/// A notification as an event in the structured JSON form (CloudEvents 1.0.2, JSON format 3).
struct CloudEvent: Encodable {
    static let contentType = "application/cloudevents+json; charset=utf-8"

    let specversion = "1.0"
    let id: String
    let source: String
    let type: String
    let subject: String
    let time: String
    let datacontenttype = "application/json"
    let data: Content

    struct Content: Encodable {
        struct Certificate: Encodable {
            let name: String
            let pem: String
            let sha256Fingerprint: String
        }

        struct Downtime: Encodable {
            let uid: String
            let sequence: Int
            let method: String
            let isAgreed: Bool
            let start: String
            let end: String
        }

        let notification: String
        let renewal: String
        let step: String
        let role: String
        let organisation: String
        let subject: String
        let text: String
        let certificates: [Certificate]
        let downtime: Downtime?
        let attempt: Int
        let mayHaveArrivedBefore: Bool
    }

    init(_ notification: RenewalNotification, _ delivery: InformDelivery, tenant: String) {
        id = delivery.messageID
        source = "urn:rekey:tenant:" + Self.percentEncoded(tenant)
        type = notification.key == nil ? "rekey.renewal.inform.v1" : "rekey.key.inform.v1"
        subject = "\(notification.renewal)/\(notification.step)"
        time = notification.createdAt.formatted(.iso8601)
        data = Content(
            notification: notification.id.rawValue,
            renewal: notification.renewal.rawValue,
            step: notification.step.rawValue,
            role: notification.addressee.role.rawValue,
            organisation: notification.addressee.organisation,
            subject: notification.subject,
            text: notification.fullText,
            certificates: notification.attachments.map {
                Content.Certificate(name: $0.name, pem: $0.certificatePEM, sha256Fingerprint: $0.fingerprint)
            },
            downtime: notification.calendar.map {
                Content.Downtime(
                    uid: $0.uid,
                    sequence: $0.sequence,
                    method: $0.method.rawValue,
                    isAgreed: $0.isAgreed,
                    start: $0.window.start.formatted(.iso8601),
                    end: $0.window.end.formatted(.iso8601)
                )
            },
            attempt: delivery.attempts,
            mayHaveArrivedBefore: delivery.isUncertain
        )
    }

    /// JSON with sorted keys.
    func octets() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }

    private static func percentEncoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, octet in
            let isPlain = UnicodeScalar(octet).properties.isASCIIHexDigit || Character(UnicodeScalar(octet)).isLetter
            let isKept = octet < 0x80 && (isPlain || "-._0123456789".utf8.contains(octet))
            result += isKept ? String(UnicodeScalar(octet)) : "%" + String(octet, radix: 16, uppercase: true)
        }
    }
}
