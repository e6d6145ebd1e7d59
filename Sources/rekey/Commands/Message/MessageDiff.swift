import ArgumentParser
import WSSecurity

/// The command `rekey message diff`.
struct MessageDiff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compares two messages part by part in canonical form and names the first difference in each.",
        discussion: """
            White space within tags, quotes, prefixes' order and empty-element tags do not count: they never change a \
            digest. Exit status: 0 no signature could tell them apart, 1 some part differs, 2 usage.
            """
    )
    @Argument(help: "The message as it was signed; - is standard input.", completion: .file()) var original: String
    @Argument(help: "The message as it was received; - is standard input.", completion: .file()) var received: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (old, new) = try (FileInput.octets(original), FileInput.octets(received))
        let difference: MessageDifference
        do {
            difference = try MessageDifference(from: old, to: new)
        } catch {
            throw Failure(error)
        }
        try output.show(difference, as: Self.text)
        guard difference.isSame else { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    private static func text(_ difference: MessageDifference) -> String {
        var lines = difference.parts.filter { $0.state != .same }.flatMap(Self.lines)
        let same = difference.parts.filter { $0.state == .same }.map(\.name)
        if !same.isEmpty { lines.append("same: " + same.joined(separator: ", ")) }
        if difference.isReordered { lines.append("note: the header's elements come in another order") }
        return lines.joined(separator: "\n")
    }

    private static func lines(_ part: MessageDifference.Part) -> [String] {
        switch part.state {
        case .same: return []
        case .commentsDiffer: return ["\(part.name): only comments differ"]
        case .onlyInOriginal: return ["\(part.name): missing from the received message"]
        case .onlyReceived: return ["\(part.name): not in the original"]
        case .different:
            let place = part.difference.map { ["\(part.name): \($0.path): \($0.text)"] } ?? ["\(part.name): differs"]
            let octets = part.octets.map {
                ["  octet \($0.offset): original \($0.expected)", "    received \($0.received)"]
            }
            return place + (octets ?? [])
        }
    }
}
