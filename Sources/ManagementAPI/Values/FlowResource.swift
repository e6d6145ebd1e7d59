/// An integration flow and its state (`GET /flows`).
package struct FlowResource: Codable, Sendable, Hashable {
    /// The flow's name.
    package var id: String
    /// `requestReply`, `oneWay` or `oneWayRobust`.
    package var pattern: String
    /// `deployed`, `held` or `undeployed`.
    package var status: String
    /// The path of the sender channel.
    package var path: String
    /// The partner who sends.
    package var sender: String
    /// The partner who receives.
    package var receiver: String
    /// Where the receiver channel sends to.
    package var url: String
    /// The keys that the flow names.
    package var uses: [Use]
    /// The latest order to keep messages with their content; nil when there was none.
    package var capture: CaptureOrderResource?

    /// A flow and its state.
    package init(
        id: String,
        pattern: String,
        status: String,
        path: String,
        sender: String,
        receiver: String,
        url: String,
        uses: [Use],
        capture: CaptureOrderResource? = nil
    ) {
        self.id = id
        self.pattern = pattern
        self.status = status
        self.path = path
        self.sender = sender
        self.receiver = receiver
        self.url = url
        self.uses = uses
        self.capture = capture
    }

    /// A key that a flow names.
    package struct Use: Codable, Sendable, Hashable {
        /// The key.
        package var alias: String
        /// `sign`, `verify`, `encrypt` or `decrypt`.
        package var purpose: String
        /// `sender` or `receiver`: the channel.
        package var side: String

        /// A use of `alias`.
        package init(alias: String, purpose: String, side: String) {
            self.alias = alias
            self.purpose = purpose
            self.side = side
        }
    }
}

/// How an undeployment or a hold ended (`POST /flows/{id}/undeploy`, `…/hold`).
package struct UndeployAnswer: Codable, Sendable, Hashable {
    /// The flow's name.
    package var id: String
    /// True when every message that was under way has left the flow.
    package var drained: Bool
    /// Messages that were still under way when the wait ended.
    package var inFlight: Int
    /// What was expected of a hold whose length was given.
    package var forecast: HoldForecastResource?

    /// The end of an undeployment.
    package init(id: String, drained: Bool, inFlight: Int, forecast: HoldForecastResource? = nil) {
        self.id = id
        self.drained = drained
        self.inFlight = inFlight
        self.forecast = forecast
    }
}
