import ManagementAPI
import Testing

/// The problem with which `act` is refused; anything else is a failure of the test.
func refusal(
    of act: () async throws -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws -> Problem {
    let error = await #expect(throws: ManagementError.self, sourceLocation: sourceLocation) { try await act() }
    guard case .refused(let problem)? = error else {
        throw try #require(error, "nothing was refused", sourceLocation: sourceLocation)
    }
    return problem
}
