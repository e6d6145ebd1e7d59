import Foundation
import Renewal
import TestSupport

extension ModelWorld {
    /// Everyone does what is theirs, and time passes where nothing else helps, until the renewal is over.
    ///
    /// `look` is called whenever the journal has grown.
    func followThrough(_ look: () async throws -> Void = {}) async throws {
        var seen = 0
        for round in 0..<400 {
            guard let state = try renewal(0), !state.status.isFinal else { return }
            let acts: [ModelAction] = [
                .acknowledge(reader: 0), .selfTest, .claimOpen(renewal: 0, step: 0, person: round),
                .traffic(messages: 5), .tick,
            ]
            for act in acts {
                try await carryOut(act)
                guard let length = try renewal(0)?.lastSequence, length != seen else { continue }
                seen = length
                try await look()
            }
            if try renewal(0)?.lastSequence == state.lastSequence { try await letTimePass(state.id) }
        }
        throw Unsound(what: "the renewal does not end")
    }

    private func letTimePass(_ id: RenewalID) async throws {
        let moments = try await engine.show(id).steps.filter { !$0.state.isSettled }.compactMap(\.guardView.notBefore)
        let next = moments.filter { $0 > clock.now }.min() ?? clock.now.addingTimeInterval(60)
        clock.set(to: next)
    }
}
