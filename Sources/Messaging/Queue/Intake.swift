/// What became of a one-way message that arrived.
enum Intake: Sendable {
    /// It is stored.
    case accepted
    /// It was stored before, under the same name or with the same signature: answered the same, not delivered again.
    case duplicate
    /// Its signature was accepted before, with another message around it: it is refused.
    case replayed
    /// There is no room to remember it by.
    case full
}

extension MessagingTransaction {
    /// Stores `message` and remembers its signature, in one step; where it is passed on at once, it is not `stored`.
    ///
    /// `isNamed` says whether the sender gave the message its name (`wsa:MessageID`).
    func take(
        _ message: StoredMessage,
        stored isStored: Bool = true,
        isNamed: Bool,
        _ entry: ReplayEntry?,
        within capacity: Int
    ) throws -> Intake {
        if let entry, let known = try replayEntry(of: entry.marks) {
            return try isRepetition(of: known, message, isNamed: isNamed) ? .duplicate : .replayed
        }
        let marks = entry?.marks ?? []
        guard try marks.isEmpty || replayMarkCount(of: message.flow) + marks.count <= capacity else { return .full }
        let isNew = isStored ? try insert(message) : try self.message(named: message.messageID, of: message.flow) == nil
        // A repetition is remembered too: its signature is new, and might come again under another name.
        if var entry, !marks.isEmpty {
            entry.message = isNew ? message.id : try self.message(named: message.messageID, of: message.flow)?.id
            try insert(entry)
        }
        return isNew ? .accepted : .duplicate
    }

    /// Whether `message` is what `known` became, sent once more.
    ///
    /// The name need not be signed, so it must be the same too.
    private func isRepetition(of known: ReplayEntry, _ message: StoredMessage, isNamed: Bool) throws -> Bool {
        guard let id = known.message, let stored = try self.message(id), stored.flow == message.flow else {
            return false
        }
        return stored.messageID == (isNamed ? message.messageID : StoredMessage.name(of: id))
    }
}

extension StoredMessage {
    /// The name of a message that its sender gave none.
    static func name(of id: String) -> String { "urn:uuid:\(id)" }
}
