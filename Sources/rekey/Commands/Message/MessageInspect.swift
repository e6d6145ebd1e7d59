import ArgumentParser
import WSSecurity

/// The command `rekey message inspect`.
struct MessageInspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Shows how a message is protected: parts, algorithms, key hints, timestamp. Checks nothing."
    )
    @Argument(help: "The message's file; - is standard input.", completion: .file()) var message = "-"
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let octets = try FileInput.octets(message)
        do {
            try output.show(MessageInspection(of: octets), as: InspectionText.text)
        } catch let fault as SecurityFault {
            throw Failure(fault)
        }
    }
}
