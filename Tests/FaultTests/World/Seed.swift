import Foundation
import TestSupport

/// Where random faults come from: `REKEY_FAULT_SEED` repeats a run.
enum Seed {
    static func generator() -> SeededGenerator {
        let given = ProcessInfo.processInfo.environment["REKEY_FAULT_SEED"].flatMap { UInt64($0) }
        let seed = given ?? UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        return SeededGenerator(seed: seed)
    }
}
