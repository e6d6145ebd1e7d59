/// The times during which a partner system could not or did not send.
struct Interruptions: Sendable {
    private struct Interval {
        var kind: PartnerInterruption.Kind
        var target: String?
        var start: Moment
        var end: Moment?
    }

    private var intervals: [Interval] = []

    /// Begins an interruption unless one of its kind and target lasts already.
    mutating func begin(_ kind: PartnerInterruption.Kind, target: String?, at moment: Moment) {
        guard open(kind, target: target) == nil else { return }
        intervals.append(Interval(kind: kind, target: target, start: moment))
    }

    mutating func end(_ kind: PartnerInterruption.Kind, target: String?, at moment: Moment) {
        guard let index = open(kind, target: target) else { return }
        intervals[index].end = moment
    }

    func report(at now: Moment) -> [PartnerInterruption] {
        intervals.map { interval in
            PartnerInterruption(
                kind: interval.kind,
                target: interval.target,
                startedAt: interval.start.date,
                endedAt: interval.end?.date,
                seconds: (interval.end ?? now).seconds(since: interval.start)
            )
        }
    }

    private func open(_ kind: PartnerInterruption.Kind, target: String?) -> Int? {
        intervals.lastIndex { $0.kind == kind && $0.target == target && $0.end == nil }
    }
}
