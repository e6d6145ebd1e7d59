/// The configuration of a partner system cannot be used.
package struct PartnerConfigurationError: Error, CustomStringConvertible {
    /// The key at fault, as it is written in the file.
    package let key: String
    package let problem: String

    package init(key: String, problem: String) {
        self.key = key
        self.problem = problem
    }

    package var description: String { "\(key): \(problem)" }
}
