package import FoundationEssentials

/// One line of a renewal's append-only journal; the renewal's state is a fold over them.
package struct JournalEntry: Hashable, Sendable {
    /// The renewal.
    package let renewal: RenewalID
    /// From 1, without gaps; unique inside the renewal.
    package let sequence: Int
    /// When it was decided.
    package let at: Date
    /// Who decided.
    package let actor: Actor
    /// What was decided.
    package let event: RenewalEvent

    package init(renewal: RenewalID, sequence: Int, at: Date, actor: Actor, event: RenewalEvent) {
        self.renewal = renewal
        self.sequence = sequence
        self.at = at
        self.actor = actor
        self.event = event
    }
}

extension JournalEntry {
    private struct Payload: Codable {
        let at: Date
        let actor: Actor
        let event: RenewalEvent
    }

    /// Everything but renewal and sequence, as a store keeps it: JSON with sorted keys, the same for the same entry.
    package func payload() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .secondsSince1970
        return String(decoding: try encoder.encode(Payload(at: at, actor: actor, event: event)), as: UTF8.self)
    }

    /// Reads what `payload()` wrote.
    package init(renewal: RenewalID, sequence: Int, payload: String) throws {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        let read = try decoder.decode(Payload.self, from: Data(payload.utf8))
        self.init(renewal: renewal, sequence: sequence, at: read.at, actor: read.actor, event: read.event)
    }
}
