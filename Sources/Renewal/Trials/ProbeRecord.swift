package import FoundationEssentials

/// A probe as the journal has it.
package struct ProbeRecord: Hashable, Sendable {
    /// What is tried.
    package let probe: Probe
    /// When it was begun.
    package let begunAt: Date
    /// What it showed; `nil` while nothing is known.
    package internal(set) var finding: ProbeFinding?
    /// When that was known.
    package internal(set) var endedAt: Date?
}

extension [ProbeRecord] {
    /// The last probe of a track on a flow that has ended.
    func last(of track: RenewalTrack, on flow: String) -> ProbeRecord? {
        last { $0.probe.isOf(track, on: flow) && $0.finding != nil }
    }

    /// The probe of a track on a flow that was begun and has not ended.
    func pending(of track: RenewalTrack, on flow: String) -> ProbeRecord? {
        last { $0.probe.isOf(track, on: flow) && $0.finding == nil }
    }
}

extension Probe {
    fileprivate func isOf(_ track: RenewalTrack, on flow: String) -> Bool {
        partner == track.partner && self.flow == flow && way == track.trialWay
    }
}

extension RenewalTrack {
    /// How the new key of such a track can be tried before the exchange; `nil` when it cannot.
    package var trialWay: Probe.Way? {
        guard variant == .dual else { return nil }
        return useCase.side == .outbound ? .message : .selfTest
    }
}
