package import Cryptography
import FoundationEssentials

/// A line of an exported audit log: JSON Lines in UTF-8, the certificates first, each checkpoint after its entry.
package enum AuditLine: Hashable, Sendable {
    /// A certificate of the signing key.
    case certificate(Certificate)
    /// An entry.
    case entry(AuditEntry)
    /// A checkpoint.
    case checkpoint(AuditCheckpoint)

    /// Why a line cannot be read.
    package struct Malformed: Error, Hashable, Sendable {}

    /// The line as JSON, without the line's end.
    package var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(Record(self)), as: UTF8.self)
        }
    }

    /// Reads what `json` wrote; throws ``Malformed``.
    package init(json: String) throws(Malformed) {
        guard let record = try? JSONDecoder().decode(Record.self, from: Data(json.utf8)), let line = record.line else {
            throw Malformed()
        }
        self = line
    }
}

/// The members of a line; moments are milliseconds since 1970, which is what is hashed, and for people in ISO 8601.
private struct Record: Codable {
    var type: String
    var sequence: Int?
    var milliseconds: Int?
    var at: String?
    var actor: String?
    var action: String?
    var subject: String?
    var detail: String?
    var previousHash: String?
    var hash: String?
    var key: String?
    var signature: String?
    var pem: String?

    init(_ line: AuditLine) {
        switch line {
        case .certificate(let certificate):
            type = "certificate"
            pem = certificate.pem
        case .entry(let entry):
            type = "entry"
            (sequence, actor, action) = (entry.sequence, entry.actor, entry.action)
            (subject, detail) = (entry.subject, entry.detail)
            (previousHash, hash) = (Hexadecimal.text(entry.previousHash), Hexadecimal.text(entry.hash))
            set(entry.at)
        case .checkpoint(let checkpoint):
            type = "checkpoint"
            (sequence, hash) = (checkpoint.sequence, Hexadecimal.text(checkpoint.hash))
            (key, signature) = (Hexadecimal.text(checkpoint.key), Hexadecimal.text(checkpoint.signature))
            set(checkpoint.at)
        }
    }

    private mutating func set(_ moment: Date) {
        milliseconds = AuditEntry.milliseconds(moment)
        at = moment.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    var line: AuditLine? {
        switch type {
        case "certificate":
            guard let pem, let certificate = try? Certificate.list(pem: pem).first else { return nil }
            return .certificate(certificate)
        case "entry": return entry.map(AuditLine.entry)
        case "checkpoint": return checkpoint.map(AuditLine.checkpoint)
        default: return nil
        }
    }

    private var moment: Date? { milliseconds.map { Date(timeIntervalSince1970: Double($0) / 1000) } }

    private var entry: AuditEntry? {
        guard let sequence, let moment, let actor, let action, let subject, let detail,
            let previous = previousHash.flatMap(Hexadecimal.octets), let hash = hash.flatMap(Hexadecimal.octets)
        else { return nil }
        return AuditEntry(
            sequence: sequence,
            at: moment,
            actor: actor,
            action: action,
            subject: subject,
            detail: detail,
            previousHash: previous,
            hash: hash
        )
    }

    private var checkpoint: AuditCheckpoint? {
        guard let sequence, let moment, let hash = hash.flatMap(Hexadecimal.octets),
            let key = key.flatMap(Hexadecimal.octets), let signature = signature.flatMap(Hexadecimal.octets)
        else { return nil }
        return AuditCheckpoint(sequence: sequence, hash: hash, at: moment, key: key, signature: signature)
    }
}
