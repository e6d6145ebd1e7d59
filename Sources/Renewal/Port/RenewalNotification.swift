package import FoundationEssentials
package import Keystore

/// "Informs": a message from one role to another that is stored, delivered and acknowledged.
package struct RenewalNotification: Hashable, Codable, Sendable, Identifiable {
    /// The name of a notification: the renewal and the step that caused it.
    package struct ID: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
        package let rawValue: String

        package init(rawValue: String) {
            self.rawValue = rawValue
        }

        package var description: String { rawValue }
    }

    /// A certificate that goes with the text.
    package struct Attachment: Hashable, Codable, Sendable {
        /// A file name for it.
        package let name: String
        /// The certificate in PEM (RFC 7468).
        package let certificatePEM: String
        /// SHA-256 of the certificate, in hexadecimal with colons: to be compared over a second channel.
        package let fingerprint: String

        package init(name: String, certificatePEM: String, fingerprint: String) {
            self.name = name
            self.certificatePEM = certificatePEM
            self.fingerprint = fingerprint
        }
    }

    /// Unique in the store.
    package let id: ID
    /// The renewal it belongs to; alias and version, such as `orders-sign/2`, when it is about ``key`` alone.
    package let renewal: RenewalID
    /// The step it fulfils.
    package let step: StepID
    /// The key version that it is about when it belongs to no renewal.
    package let key: KeyVersionID?
    /// Who informs.
    package let sender: Party
    /// Who is informed.
    package let addressee: Party
    /// What about, in one line.
    package let subject: String
    /// What the addressee has to know and to do.
    package let text: String
    /// The certificates that go with it.
    package let attachments: [Attachment]
    /// The downtime that it is about, for calendars; `nil` when it is about none.
    package let calendar: CalendarEntry?
    /// The notification whose acknowledgement is asked for again; acknowledging this one acknowledges that.
    package let remindsOf: ID?
    /// When it was written.
    package let createdAt: Date
    /// When the addressee acknowledged it; `nil` before.
    package private(set) var acknowledgedAt: Date?
    /// Who acknowledged it; `nil` before.
    package private(set) var acknowledgedBy: String?

    package init(
        id: ID,
        renewal: RenewalID,
        step: StepID,
        key: KeyVersionID? = nil,
        sender: Party,
        addressee: Party,
        subject: String,
        text: String,
        attachments: [Attachment] = [],
        calendar: CalendarEntry? = nil,
        remindsOf: ID? = nil,
        createdAt: Date,
        acknowledgedAt: Date? = nil,
        acknowledgedBy: String? = nil
    ) {
        self.id = id
        self.renewal = renewal
        self.step = step
        self.key = key
        self.sender = sender
        self.addressee = addressee
        self.subject = subject
        self.text = text
        self.attachments = attachments
        self.calendar = calendar
        self.remindsOf = remindsOf
        self.createdAt = createdAt
        self.acknowledgedAt = acknowledgedAt
        self.acknowledgedBy = acknowledgedBy
    }

    /// The text with the fingerprint of each certificate that goes with it: no certificate is handed on without.
    package var fullText: String {
        let lines = attachments.map { "\($0.name): SHA-256 fingerprint \($0.fingerprint)" }
        return ([text] + lines).joined(separator: "\n")
    }

    /// The same notification, acknowledged; the first acknowledgement stands.
    package func acknowledged(by name: String, at moment: Date) -> RenewalNotification {
        guard acknowledgedAt == nil else { return self }
        var copy = self
        copy.acknowledgedAt = moment
        copy.acknowledgedBy = name
        return copy
    }
}
