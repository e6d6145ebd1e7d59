/// Waits for what another process does.
enum Patience {
    /// Asks again and again whether something is so.
    ///
    /// - Parameters:
    ///   - what: what is waited for, for the error.
    ///   - bound: how long at most.
    ///   - holds: whether it is so by now.
    /// - Throws: `DrillError` when the bound has passed, or what `holds` throws.
    static func wait(for what: String, within bound: Duration, until holds: () async throws -> Bool) async throws {
        let clock = ContinuousClock()
        let end = clock.now + bound
        while try await !holds() {
            guard clock.now < end else { throw DrillError("waited \(bound) in vain for \(what)") }
            try await clock.sleep(for: .milliseconds(50))
        }
    }
}
