/// A downtime as one party proposes it, with what is to happen in it.
package struct WindowProposal: Hashable, Codable, Sendable {
    /// What becomes of the flows that must stand still.
    package enum Conduct: String, Hashable, Codable, Sendable, CaseIterable {
        /// They refuse new messages, which their senders repeat.
        case undeploy
        /// They go on accepting one-way messages and deliver them afterwards; requests wait for their bound.
        case hold
    }

    /// From when to when.
    package let window: DowntimeWindow
    /// What becomes of the flows.
    package let conduct: Conduct
    /// Whether the old key comes back by itself when the window ends and the partner has not confirmed the new one.
    package let rollsBack: Bool
    /// A remark for the other party.
    package let note: String?

    package init(window: DowntimeWindow, conduct: Conduct = .undeploy, rollsBack: Bool = false, note: String? = nil) {
        self.window = window
        self.conduct = conduct
        self.rollsBack = rollsBack
        self.note = note
    }
}
