import Foundation
import ManagementAPI

/// From when on a version may have protected the messages of trials, by the journals: the one exception to invariant 2.
struct TrialTimes: Sendable {
    /// The systems.
    let stage: Stage

    /// The moment at which a version that was tried out came into the keystore, by alias and number.
    func all() async throws -> [String: Date] {
        var times: [String: Date] = [:]
        for renewal in try await stage.administrator.renewals() {
            let journal = try await stage.administrator.journal(of: renewal.id)
            guard let number = renewal.newVersion, journal.contains(where: { Self.trials.contains($0.event) }) else {
                continue
            }
            times[Self.key(renewal.alias, number)] = journal.first { Self.arrivals.contains($0.event) }?.at
        }
        return times
    }

    /// How a version is named in the result.
    static func key(_ alias: String, _ version: Int) -> String { "\(alias)/\(version)" }

    private static let arrivals: Set = ["versionAdded", "versionTaken"]
    private static let trials: Set = ["probeBegan", "probed", "canaryMoved"]
}
