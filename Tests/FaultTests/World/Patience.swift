import Testing

/// Something that did not come about.
struct InVain: Error, CustomStringConvertible {
    let description: String
}

/// Asks again and again whether `holds`; throws when `bound` has passed.
func wait(
    for what: @autoclosure () -> String,
    within bound: Duration = .seconds(60),
    until holds: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + bound
    while try await !holds() {
        guard ContinuousClock.now < end else { throw InVain(description: "waited \(bound) in vain for \(what())") }
        try await Task.sleep(for: .milliseconds(10))
    }
}
