import Keystore
import Logging
import Messaging

/// Opens the keys that deployed flows and listeners need once, after the start and whenever they change: one that does not
/// open is told before a message needs it.
struct KeyWatch {
    private static let pause = Duration.seconds(2)

    let tenant: Tenant
    let logger: Logger

    /// Watches until the task is cancelled.
    func run() async {
        await tenant.runtime.whenRead()
        var seen: [Int] = []
        var known: Set<KeyFault> = []
        while !Task.isCancelled {
            let places = tenant.runtime.keyPlaces
            if places != seen {
                let faults = await tenant.runtime.keyFaults()
                if Task.isCancelled { return }
                say(faults.filter { !known.contains($0) })
                tenant.health.report(keyObstacle: Self.obstacle(faults))
                (seen, known) = (places, Set(faults))
            }
            do { try await Task.sleep(for: Self.pause) } catch { return }
        }
    }

    private func say(_ faults: [KeyFault]) {
        for fault in faults {
            logger.error(
                "a key that is needed cannot be used",
                metadata: ["key.version": "\(fault.version)", "error": "\(fault)"]
            )
        }
    }

    private static func obstacle(_ faults: [KeyFault]) -> String? {
        faults.first.map { first in faults.count == 1 ? "\(first)" : "\(first) (and \(faults.count - 1) more keys)" }
    }
}
