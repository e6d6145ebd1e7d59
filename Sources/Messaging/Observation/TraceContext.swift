import FoundationEssentials

/// Where an exchange stands in a distributed trace (W3C Trace Context): `traceparent` and `tracestate`.
package struct TraceContext: Hashable, Sendable {
    /// The whole trace: 32 hexadecimal digits in lower case, not all zero (section 3.2.2.3).
    package let traceID: String
    /// Our own span, the parent of what a receiver does: 16 such digits (section 3.2.2.4).
    package let spanID: String
    /// What the caller decided, two digits (section 3.2.2.5).
    package let flags: String
    /// Vendors' list members, kept as they came; empty when there are none (section 3.3).
    package let state: String

    /// The context of what an exchange causes in another system: the same trace with a span of its own.
    func child() -> TraceContext {
        TraceContext(traceID: traceID, spanID: Self.digits(16), flags: flags, state: state)
    }

    /// The value of `traceparent`, in the version that this program writes: 00.
    package var parent: String { "00-\(traceID)-\(spanID)-\(flags)" }
}

extension TraceContext {
    /// The trace that a request belongs to, or a new one when it brings none that is valid.
    ///
    /// A malformed or repeated `traceparent` is ignored with its `tracestate`; a malformed `tracestate` alone
    /// (section 4.3). A new trace is marked as recorded, for the message log records it. Header names are in any case.
    static func continuing(_ headers: [(name: String, value: String)], at moment: Date) -> TraceContext {
        let parents = headers.fields("traceparent")
        guard parents.count == 1, let parent = TraceParent(parents[0]) else { return fresh(at: moment) }
        return TraceContext(
            traceID: parent.traceID,
            spanID: digits(16),
            flags: parent.flags,
            state: TraceState.list(headers.fields("tracestate")) ?? ""
        )
    }

    /// A trace that begins here, named in the order of time as exchanges are: its last 62 bits are random.
    static func fresh(at moment: Date) -> TraceContext {
        let name = TimeOrderedID.text(at: moment).filter { $0 != "-" }
        return TraceContext(traceID: name, spanID: digits(16), flags: "01", state: "")
    }

    /// What is stored with a message: `traceparent`, a line end, `tracestate`.
    package var stored: String { "\(parent)\n\(state)" }

    /// The trace that a stored message came with, or a new one when it brought none.
    static func continuing(_ message: StoredMessage, at moment: Date) -> TraceContext {
        let lines = (message.trace ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 2 else { return fresh(at: moment) }
        return continuing([("traceparent", lines[0]), ("tracestate", lines[1])], at: moment)
    }

    /// Random hexadecimal digits, not all zero.
    private static func digits(_ count: Int) -> String {
        var digits = ""
        for _ in 0..<count / 16 {
            let word = String(UInt64.random(in: 1...UInt64.max), radix: 16)
            digits += String(repeating: "0", count: 16 - word.count) + word
        }
        return digits
    }
}
