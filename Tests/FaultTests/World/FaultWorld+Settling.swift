import Testing

extension FaultWorld {
    /// Runs `disturbance` under load, then lets the load end and holds what was accepted against what came of it.
    ///
    /// The load is so many one-way orders and requests at a time. With the receiver's clock apart, messages may seem too old
    /// or too young to it.
    nonisolated func disturb(
        notices: Int = 3,
        orders: Int = 2,
        isReceiversClockApart: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ disturbance: () async throws -> Void
    ) async throws {
        async let sending: Void = load.run(notices: notices, orders: orders)
        try await disturbance()
        load.finish()
        try await sending
        try await settle(isReceiversClockApart: isReceiversClockApart, sourceLocation: sourceLocation)
    }

    /// Waits until everything accepted is delivered, then checks that nothing came twice on its own.
    nonisolated func settle(
        isReceiversClockApart: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await wait(for: "\(journal.state.undelivered.count) messages to be delivered") {
            journal.state.undelivered.isEmpty
        }
        try await wait(for: "completions to be stored") {
            let states = try Evidence(of: folder).states
            return journal.state.accepted.allSatisfy { states[$0] == "completed" }
        }
        let (state, evidence) = (journal.state, try Evidence(of: folder))
        #expect(!state.accepted.isEmpty && !state.answered.isEmpty, sourceLocation: sourceLocation)
        #expect(evidence.damage == [], sourceLocation: sourceLocation)
        #expect(state.answered.allSatisfy(state.isTaken), sourceLocation: sourceLocation)
        #expect(state.repetitions == [], sourceLocation: sourceLocation)
        #expect(state.unreadable == 0 || isReceiversClockApart, sourceLocation: sourceLocation)
        print(state.summary)
    }
}
