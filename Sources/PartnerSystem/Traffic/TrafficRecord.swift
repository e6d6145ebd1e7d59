/// Everything that a partner system remembers of its traffic; each method is one event.
struct TrafficRecord: Sendable {
    private(set) var messages: [PartnerMessage] = []
    private(set) var counters = PartnerCounters()
    private(set) var interruptions = Interruptions()
    private(set) var keys = KeyUseTally()
    private var places: [String: Int] = [:]

    // MARK: A sender's events

    /// An attempt to send begins; the first one begins the message.
    mutating func attempt(_ id: String, pattern: PartnerPattern, target: String, at moment: Moment) {
        if places[id] == nil {
            counters.sent += 1
            counters.pending += 1
            var message = PartnerMessage(id: id, sequence: 0, pattern: pattern, target: target, state: .pending)
            message.sentAt = moment.date
            add(message)
        }
        change(id) { message, counters in
            message.attempts += 1
            counters.retried += message.attempts > 1 ? 1 : 0
        }
    }

    mutating func refuse(_ id: String, detail: String, at moment: Moment) {
        let target = change(id) { message, counters in
            message.refusals += 1
            message.endedAt = moment.date
            message.detail = detail
            counters.refused += 1
        }
        interruptions.begin(.refused, target: target, at: moment)
    }

    mutating func end(_ id: String, as ending: MessageEnding, at moment: Moment) {
        let target = change(id) { message, counters in
            counters.pending -= 1
            message.endedAt = moment.date
            message.detail = nil
            switch ending {
            case .answered:
                message.state = .answered
                counters.answered += 1
            case .accepted:
                message.state = .accepted
                counters.accepted += 1
            case .failed(let detail):
                message.state = .failed
                message.detail = detail
                counters.failed += 1
            }
        }
        interruptions.end(.refused, target: target, at: moment)
    }

    mutating func pause(at moment: Moment) {
        interruptions.begin(.paused, target: nil, at: moment)
    }

    mutating func resume(at moment: Moment) {
        interruptions.end(.paused, target: nil, at: moment)
    }

    // MARK: A receiver's events

    mutating func receive(id: String, pattern: PartnerPattern, path: String, at moment: Moment) {
        let isKnown = change(id) { message, counters in
            message.count += 1
            message.endedAt = moment.date
            counters.duplicates += 1
        }
        guard isKnown == nil else { return }
        counters.received += 1
        var message = PartnerMessage(id: id, sequence: 0, pattern: pattern, target: path, state: .received)
        message.count = 1
        message.receivedAt = moment.date
        message.endedAt = moment.date
        add(message)
    }

    mutating func fault() {
        counters.faulted += 1
    }

    // MARK: Both

    mutating func use(_ use: PartnerKeyUse, of fingerprint: String, message id: String, at moment: Moment) {
        let sequence = places[id].map { $0 + 1 } ?? 0
        keys.record(KeyUseTally.Key(use: use, fingerprint: fingerprint), message: sequence, at: moment.date)
    }

    private mutating func add(_ message: PartnerMessage) {
        places[message.id] = messages.count
        messages.append(message)
        messages[messages.count - 1].sequence = messages.count
    }

    /// Changes a known message and returns its target; an unknown one changes nothing.
    @discardableResult
    private mutating func change(_ id: String, _ body: (inout PartnerMessage, inout PartnerCounters) -> Void) -> String?
    {
        guard let place = places[id] else { return nil }
        body(&messages[place], &counters)
        return messages[place].target
    }
}

/// How a sender's message ended.
enum MessageEnding: Hashable, Sendable {
    case answered
    case accepted
    /// Lost; the detail says why.
    case failed(String)
}
