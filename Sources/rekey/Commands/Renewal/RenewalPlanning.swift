import ArgumentParser
import ManagementAPI

/// What is decided about a plan on the command line.
struct PlanOptions: ParsableArguments {
    @Option(help: "Plan this partner with a downtime, whatever its system can do; repeat for more.")
    var single: [String] = []
    @Option(help: "Hold this flow in its downtime instead of undeploying it; repeat for more.")
    var hold: [String] = []
    @Flag(help: "Let each partner that verifies move to the new key by itself.")
    var perPartner = false
    @Option(help: "With --per-partner: the partners in the order in which they move; repeat.")
    var order: [String] = []
    @Option(help: "Give this partner two signatures, or two recipients, instead of a downtime; repeat for more.")
    var double: [String] = []
    @Option(help: "A longer wait, such as safetyMargin=300; repeat for more.")
    var wait: [String] = []

    /// The choices; throws when a wait is not `NAME=NUMBER`.
    func choices() throws -> PlanChoicesResource {
        var choices = PlanChoicesResource()
        choices.single = single.isEmpty ? nil : single
        choices.held = hold.isEmpty ? nil : hold
        choices.perPartner = perPartner ? true : nil
        choices.order = order.isEmpty ? nil : order
        choices.doubled = double.isEmpty ? nil : double
        for text in wait {
            let words = text.split(separator: "=", omittingEmptySubsequences: false)
            guard words.count == 2, let number = Int(words[1]) else {
                throw ValidationError("A wait is NAME=NUMBER, such as safetyMargin=300; this is \(text).")
            }
            choices.waits = (choices.waits ?? [:]).merging([String(words[0]): number]) { $1 }
        }
        return choices
    }
}

/// The command `rekey renewal plan`.
struct RenewalPlan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Shows what the renewal of a key takes: use cases, partners, steps, waits, downtimes and concerns.",
        discussion: "With --save the plan is stored; change, approve and start go on with it."
    )
    @Argument(help: "The key's alias.") var alias: String
    @Flag(help: "Store the plan.") var save = false
    @OptionGroup var plan: PlanOptions
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = PlanRenewal(alias: alias, choices: try plan.choices())
        let renewal = try await server.withClient { client in
            save ? try await client.createRenewal(request) : try await client.planRenewal(request)
        }
        try output.show(renewal, as: RenewalText.show)
    }
}

/// The command `rekey renewal change`.
struct RenewalChange: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change",
        abstract: "Plans a stored renewal again with these choices, in place of the former ones, before its approval.",
        discussion: "Where the key is used and what partners can do are read anew too."
    )
    @Argument(help: "The renewal.") var id: String
    @OptionGroup var plan: PlanOptions
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let choices = try plan.choices()
        try await output.show(server.withClient { try await $0.changePlan(id, choices) }, as: RenewalText.show)
    }
}

/// The command `rekey renewal approve`.
struct RenewalApprove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approves a plan: it is not changed any more.",
        discussion: "`rekey renewal start` approves a plan in which nothing was chosen; any other is approved first."
    )
    @Argument(help: "The renewal.") var id: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.approveRenewal(id) }, as: RenewalText.show)
    }
}
