package import FoundationEssentials

/// What is remembered of accepted messages, so that none is accepted twice.
package protocol ReplayTransaction {
    /// Remembers an accepted message. A mark that is there already is an error.
    func insert(_ entry: ReplayEntry) throws

    /// What is remembered of the message that one of `marks` belongs to, with that mark alone; `nil` when none is known.
    func replayEntry(of marks: [[UInt8]]) throws -> ReplayEntry?

    /// How many marks the flow has.
    func replayMarkCount(of flow: FlowID) throws -> Int

    /// Forgets these marks.
    func removeReplayMarks(_ marks: [[UInt8]]) throws

    /// Forgets up to `limit` marks that expired before `moment`, and returns how many.
    func forgetReplayMarks(expiredBefore moment: Date, limit: Int) throws -> Int
}
