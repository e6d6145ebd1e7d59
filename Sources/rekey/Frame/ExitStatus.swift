/// The exit codes of the program.
enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Done, or accepted.
    case done = 0
    /// Refused or failed: a message that is not accepted, a step that may not be done, a rehearsal that lost something.
    case refused = 1
    /// The command line is wrong.
    case usage = 2
    /// The tenant does not answer.
    case unreachable = 3
    /// The configuration, a flow file or the master key does not allow a start.
    case configuration = 4

    /// The line of the program's help.
    static let explanation = """
        Exit status: 0 done, 1 refused or failed, 2 wrong command line, 3 the tenant does not answer, \
        4 wrong configuration or no master key.
        """
}
