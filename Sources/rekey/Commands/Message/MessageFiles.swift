import ArgumentParser
import Foundation

/// Where a message comes from and goes to.
struct MessageFiles: ParsableArguments {
    @Argument(help: "The message's file; - is standard input.", completion: .file())
    var message = "-"

    @Option(help: "The file for the result; - is standard output.", completion: .file())
    var out = "-"

    /// The message's octets.
    func read() throws(Failure) -> [UInt8] {
        try FileInput.octets(message)
    }

    /// Writes the result.
    func write(_ octets: [UInt8]) throws(Failure) {
        try Self.write(octets, to: out)
    }

    /// Writes `octets` to a file, or to standard output when `path` is `-`.
    static func write(_ octets: [UInt8], to path: String) throws(Failure) {
        guard path != "-" else { return FileHandle.standardOutput.write(Data(octets)) }
        do {
            try Data(octets).write(to: URL(filePath: path))
        } catch {
            throw Failure("cannot write \(path)", hint: "does the folder exist, and may you write there?")
        }
    }
}
