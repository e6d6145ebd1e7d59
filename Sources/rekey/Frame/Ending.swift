import ArgumentParser
import Foundation
import ManagementAPI

/// How the program ends when a command throws: what it prints, where, and its exit code.
struct Ending {
    private let output: String
    private let diagnosis: String
    private let code: Int32

    /// Help and version are output; everything else is `rekey: error: …` and `rekey: hint: …`.
    ///
    /// A wrong command line that `command` found itself is told with the usage of that command.
    init(of error: any Error, in command: (any ParsableCommand.Type)? = nil) {
        switch error {
        case let failure as Failure:
            self.init(failure)
        case let error as ManagementError:
            self.init(Failure(error))
        case let code as ExitCode:
            self.init(output: "", diagnosis: "", code: code.rawValue)
        default:
            self.init(parsing: error, in: command)
        }
    }

    private init(_ failure: Failure) {
        let hint = failure.hint.map { "rekey: hint: \($0)\n" } ?? ""
        self.init(output: "", diagnosis: "rekey: error: \(failure.message)\n" + hint, code: failure.status.rawValue)
    }

    private init(parsing error: any Error, in command: (any ParsableCommand.Type)?) {
        switch Rekey.exitCode(for: error) {
        case .success:
            self.init(output: Rekey.fullMessage(for: error) + "\n", diagnosis: "", code: 0)
        case .validationFailure:
            let usage =
                command.map { "Usage: \(Rekey.usageString(for: $0))"[...] }
                ?? Rekey.fullMessage(for: error).split(separator: "\n").first { $0.hasPrefix("Usage:") }
            self.init(
                Failure(
                    Rekey.message(for: error),
                    hint: usage.map { $0 + " (--help says more)" } ?? "rekey --help",
                    status: .usage
                )
            )
        default:
            self.init(Failure("\(error)"))
        }
    }

    private init(output: String, diagnosis: String, code: Int32) {
        self.output = output
        self.diagnosis = diagnosis
        self.code = code
    }

    /// Prints and exits.
    func leave() -> Never {
        FileHandle.standardOutput.write(Data(output.utf8))
        FileHandle.standardError.write(Data(diagnosis.utf8))
        exit(code)
    }
}
