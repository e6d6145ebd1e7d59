import ArgumentParser

/// `rekey queue`: the one-way messages that the tenant has stored.
struct QueueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Shows stored messages, delivers failed ones again, discards them.",
        subcommands: [QueueList.self, QueueRetry.self, QueueDiscard.self]
    )
}
