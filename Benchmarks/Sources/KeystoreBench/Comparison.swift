import Foundation

/// Does the same to a tenant of a tenth of the size and to one of full size, in turn, so that what else the machine does
/// meets both.
struct Comparison<Side> {
    let tenth: Side
    let full: Side
    private(set) var rows: [Row] = []

    init(tenth: Side, full: Side) {
        (self.tenth, self.full) = (tenth, full)
    }

    /// Times `body` so many times on each side; a sample is the mean of `batch` turns, for what is too short for the clock.
    mutating func measure(
        _ name: String,
        samples: Int,
        batch: Int = 1,
        _ body: (Side, Int) async throws -> Void
    ) async throws {
        var row = Row(name: name)
        // The first turns find nothing in caches.
        for turn in 0..<min(3, samples) {
            try await body(tenth, turn)
            try await body(full, turn)
        }
        for sample in 0..<samples {
            row.tenth.add(try await Self.time(tenth, sample * batch, batch, body))
            row.full.add(try await Self.time(full, sample * batch, batch, body))
        }
        rows.append(row)
        note(name)
    }

    /// Times what can be done only once, or what tells its own times.
    mutating func add(_ row: Row) {
        rows.append(row)
        note(row.name)
    }

    private static func time(
        _ side: Side,
        _ first: Int,
        _ batch: Int,
        _ body: (Side, Int) async throws -> Void
    ) async throws -> Duration {
        let start = ContinuousClock.now
        for turn in first..<first + batch { try await body(side, turn) }
        return (.now - start) / batch
    }
}

/// Says on standard error how far it is.
func note(_ text: String) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
}
