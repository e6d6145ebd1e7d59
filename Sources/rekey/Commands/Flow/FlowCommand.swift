import ArgumentParser

/// `rekey flow`: the integration flows.
struct FlowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flow",
        abstract: "Shows, deploys and undeploys integration flows.",
        subcommands: [
            FlowList.self, FlowShow.self, FlowDeploy.self, FlowUndeploy.self, FlowHold.self, FlowRelease.self,
            FlowMessages.self, FlowCheck.self, FlowPolicy.self, FlowSaved.self, FlowCapture.self,
        ]
    )
}
