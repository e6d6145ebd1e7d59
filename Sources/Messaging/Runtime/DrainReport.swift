/// How an undeployment (or hold) ended.
package struct DrainReport: Hashable, Sendable {
    /// The flow.
    package let flow: FlowID
    /// Exchanges that were under way when the door was closed.
    package let inFlightAtStart: Int
    /// Exchanges that had not ended within the bound; they can send nothing any more.
    package let cutOff: Int
    /// Stored messages that wait for the flow to be deployed again.
    package let held: Int

    /// Whether every exchange came to its end.
    package var isDrained: Bool { cutOff == 0 }
}
