import ArgumentParser
import ManagementAPI

/// The command `rekey renewal start`.
struct RenewalStart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Begins a planned renewal, or plans the renewal of a key and begins it."
    )
    @Argument(help: "The renewal, or the key's alias.") var name: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let renewal = try await server.withClient { client in
            try await client.startRenewal(id(client))
        }
        try output.show(renewal, as: RenewalText.show)
    }

    /// The renewal of that name; when there is none, a new one of the alias.
    private func id(_ client: ManagementClient) async throws(ManagementError) -> String {
        do {
            return try await client.renewal(name).id
        } catch .refused(let problem) where problem.status == 404 {
            return try await client.createRenewal(PlanRenewal(alias: name)).id
        }
    }
}

/// The command `rekey renewal rollback`.
struct RenewalRollback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Makes the old version active again, for all or for one partner that moved by itself."
    )
    @Argument(help: "The renewal.") var id: String
    @Option(help: "Why.") var reason: String
    @Option(help: "The one partner to take back.") var partner: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = GiveReason(reason: reason, partner: partner)
        try await output.show(server.withClient { try await $0.rollBack(id, request) }, as: RenewalText.show)
    }
}

/// The command `rekey renewal abort`.
struct RenewalAbort: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "abort",
        abstract: "Gives up a renewal before its exchange."
    )
    @Argument(help: "The renewal.") var id: String
    @Option(help: "Why.") var reason: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = GiveReason(reason: reason)
        try await output.show(server.withClient { try await $0.abort(id, request) }, as: RenewalText.show)
    }
}

/// The command `rekey renewal partners`.
struct RenewalPartners: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "partners",
        abstract: "Shows the partners, or registers what one's system can do.",
        discussion: "A dual system handles the old and the new key at once, a single one needs an agreed downtime."
    )
    @Option(help: "The partner to register or change.") var set: String?
    @Option(help: "dual or single.") var keys: String?
    @Option(help: "sender or receiver.") var role: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (set == nil) == (keys == nil), (set == nil) == (role == nil) else {
            throw ValidationError("Give --set, --keys and --role together.")
        }
    }

    func run() async throws {
        let partners = try await server.withClient { client in
            if let set, let keys, let role {
                _ = try await client.putPartner(PartnerResource(id: set, keys: keys, role: role))
            }
            return try await client.partners()
        }
        try output.show(partners, as: RenewalText.partners)
    }
}
