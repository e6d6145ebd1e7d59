/// The configuration of a partner system cannot be used.
struct PartnerConfigurationError: Error, CustomStringConvertible {
    /// The key at fault, as it is written in the file.
    let key: String
    let problem: String

    init(key: String, problem: String) {
        self.key = key
        self.problem = problem
    }

    var description: String { "\(key): \(problem)" }
}
