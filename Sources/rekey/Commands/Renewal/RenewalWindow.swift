import ArgumentParser
import Foundation
import ManagementAPI

/// `rekey renewal window`: agrees the downtime that a partner with one key at a time needs.
struct RenewalWindow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "window",
        abstract: "Proposes, accepts, moves and calls off a renewal's downtime.",
        subcommands: [WindowShow.self, WindowPropose.self, WindowAccept.self, WindowCancel.self],
        defaultSubcommand: WindowShow.self
    )
}

/// The command `rekey renewal window show`.
struct WindowShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows what is proposed or agreed, and when traffic really stood still."
    )
    @Argument(help: "The renewal.") var id: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.windows(of: id) }, as: WindowText.list)
    }
}

/// The command `rekey renewal window propose`, and `counter`.
struct WindowPropose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose",
        abstract: "Proposes a downtime; after another proposal or an agreement, proposes this one instead.",
        discussion: "Both parties get it for their calendars; it counts when the other one accepts it.",
        aliases: ["counter"]
    )
    @Argument(help: "The renewal.") var id: String
    @Option(help: "Start (ISO 8601).") var start: String
    @Option(help: "End (ISO 8601).") var end: String
    @Option(help: "The step, where the renewal agrees several downtimes.") var step: String?
    @Flag(help: "Keep accepting one-way messages and deliver them afterwards, instead of undeploying the flows.")
    var hold = false
    @Flag(
        help: """
            At the end go back to the old key when the partner has not confirmed the new one: for this partner alone where each \
            moves by itself.
            """
    )
    var rollBack = false
    @Option(help: "A remark for the other party.") var note: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = try ProposeWindow(
            step: step,
            start: Moment(start).date,
            end: Moment(end).date,
            conduct: hold ? "hold" : nil,
            rollsBack: rollBack ? true : nil,
            note: note
        )
        try await output.show(server.withClient { try await $0.proposeWindow(of: id, request) }, as: WindowText.list)
    }
}

/// The command `rekey renewal window accept`.
struct WindowAccept: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Accepts the downtime that the other party proposed."
    )
    @Argument(help: "The renewal.") var id: String
    @Option(help: "The step, where the renewal agrees several downtimes.") var step: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = AnswerWindow(step: step)
        try await output.show(server.withClient { try await $0.acceptWindow(of: id, request) }, as: WindowText.list)
    }
}

/// The command `rekey renewal window cancel`.
struct WindowCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Calls a downtime off before it begins."
    )
    @Argument(help: "The renewal.") var id: String
    @Option(help: "Why.") var reason: String
    @Option(help: "The step, where the renewal agrees several downtimes.") var step: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = AnswerWindow(step: step, reason: reason)
        try await output.show(server.withClient { try await $0.cancelWindow(of: id, request) }, as: WindowText.list)
    }
}

/// The text output of the window commands.
enum WindowText {
    static func list(_ windows: [WindowResource]) -> String {
        windows.isEmpty ? "no downtime is needed" : windows.map(text).joined(separator: "\n\n")
    }

    private static func text(_ window: WindowResource) -> String {
        var lines = ["\(window.step): \(window.state), between the \(window.parties.joined(separator: " and the "))"]
        if window.state != "none" {
            let flows = window.conduct == "hold" ? "flows hold messages" : "flows are undeployed"
            lines.append("  planned  \(Wording.moment(window.start)) to \(Wording.moment(window.end)), \(flows)")
            lines.append("  agreed by the \(window.agreedBy.joined(separator: " and the "))")
        }
        if window.rollsBack { lines.append("  at the end the old key comes back when the partner has not confirmed") }
        if let note = window.note { lines.append("  note: \(note)") }
        if let began = window.beganAt {
            let length = window.endedAt.map { ", \(Int($0.timeIntervalSince(began).rounded())) s" } ?? ", not ended"
            lines.append("  actual   \(Wording.moment(began)) to \(Wording.moment(window.endedAt))\(length)")
            let (last, first) = (Wording.moment(window.lastOldAt), Wording.moment(window.firstNewAt))
            lines.append("  traffic  last message with the old key \(last), first with the new one \(first)")
        }
        if window.hasOverrun { lines.append("  overrun") }
        for past in window.takenBack ?? [] {
            let moments = "\(Wording.moment(past.beganAt)) to \(Wording.moment(past.endedAt))"
            lines.append("  taken back, the old key is in use again: traffic stood still \(moments)")
        }
        return lines.joined(separator: "\n")
    }
}
