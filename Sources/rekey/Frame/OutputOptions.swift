import ArgumentParser
import Foundation
import ManagementAPI

/// How a command shows what it found.
struct OutputOptions: ParsableArguments {
    /// The forms of output.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    @Option(name: [.customShort("o"), .customLong("output")], help: "The form of the output: text or json.")
    var format = Format.text

    /// Writes `value` as JSON, or as the text that is made of it.
    func show<Value: Encodable>(_ value: Value, as text: (Value) -> String) throws {
        switch format {
        case .json: try write(ManagementCoding.encode(value, pretty: true) + [UInt8(ascii: "\n")])
        case .text: write(Data((text(value) + "\n").utf8))
        }
    }

    private func write(_ octets: Data) {
        FileHandle.standardOutput.write(octets)
    }
}
