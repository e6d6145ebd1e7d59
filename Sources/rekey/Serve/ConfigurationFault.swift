import Foundation

/// What is wrong in a configuration file: where, why, and what would mend it.
struct ConfigurationFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file's path.
    let file: String
    /// Counted from 1; nil when the whole file is meant.
    let line: Int?
    /// The key with the keys above it, such as `listen.messages`; empty when the whole file is meant.
    let key: String
    /// What is wrong.
    let cause: String
    /// What to write instead.
    let mend: String

    var description: String {
        let place = file + (line.map { ":\($0)" } ?? "")
        return key.isEmpty ? "\(place): \(cause)" : "\(place): \(key): \(cause)"
    }
}

extension Failure {
    init(_ fault: ConfigurationFault) {
        self.init(fault.description, hint: fault.mend, status: .configuration)
    }
}
