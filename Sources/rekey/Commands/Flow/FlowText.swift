import ManagementAPI

/// The text output of the flow commands.
enum FlowText {
    /// One line for each flow.
    static func list(_ flows: [FlowResource]) -> String {
        let captured = flows.map { $0.capture.flatMap { $0.ending == nil ? Wording.moment($0.until) : nil } }
        // The column is there while it says something.
        let isCaptured = captured.contains { $0 != nil }
        return TextTable(
            ["flow", "pattern", "status", "path", "sender", "receiver"] + (isCaptured ? ["captured until"] : []),
            zip(flows, captured)
                .map { flow, until in
                    [flow.id, Wording.spoken(flow.pattern), flow.status, flow.path, flow.sender, flow.receiver]
                        + (isCaptured ? [until ?? ""] : [])
                }
        )
        .text
    }

    /// A flow and the keys it names.
    static func show(_ flow: FlowResource) -> String {
        let uses = TextTable(["channel", "purpose", "key"], flow.uses.map { [$0.side, $0.purpose, $0.alias] })
        return """
            \(flow.id): \(Wording.spoken(flow.pattern)), \(flow.status)
            \(flow.sender) → \(flow.path) → \(flow.url) (\(flow.receiver))\(flow.capture.map { "\n" + CaptureText.order($0) } ?? "")

            \(uses.text)
            """
    }

    /// What a hold is expected to store, and the room for it.
    static func forecast(_ forecast: HoldForecastResource) -> String {
        let room = forecast.freeOctets.map { "room for \(megabytes($0))" } ?? "room unknown"
        return "\(forecast.flow): \(forecast.messages) messages, \(megabytes(forecast.octets)) expected; \(room)"
            + (forecast.fits ? "" : ": not enough")
    }

    private static func megabytes(_ octets: Int) -> String {
        "\(octets / (1 << 20) + (octets % (1 << 20) == 0 ? 0 : 1)) MB"
    }

    /// What became of each flow's messages.
    static func messages(_ summaries: [MessageSummary]) -> String {
        TextTable(
            ["flow", "accepted", "delivered", "stored", "failed", "refused", "replayed", "duplicates", "under way"],
            summaries.map { summary in
                let counts = [
                    summary.accepted, summary.delivered, summary.stored, summary.failed, summary.refused,
                    summary.replayed, summary.duplicates, summary.inFlight,
                ]
                return [summary.flow] + counts.map(String.init)
            }
        )
        .text
    }
}
