import Foundation
import WSSecurity

/// Rekey from file to file, with the keys and settings of `RekeyStack`.
struct StreamStack: Stack {
    static let name = "rekey-stream"

    private let rekey: RekeyStack
    private let folder: URL
    private let now: Date

    init(rekey: RekeyStack, folder: String, now: Date) {
        self.rekey = rekey
        self.folder = URL(filePath: folder)
        self.now = now
    }

    func work(_ operation: Operation, octetCount: Int) throws -> (() throws -> Void)? {
        guard operation != .xml else { return nil }
        let input = try input(of: operation, octetCount)
        let output = file("out-\(ProcessInfo.processInfo.processIdentifier)")
        return {
            try run(operation, on: input, to: output)
            try FileManager.default.removeItem(at: output)
        }
    }

    private func run(_ operation: Operation, on input: URL, to output: URL) throws {
        if operation.source == nil {
            try rekey.protector(operation).protect(contentsOf: input, to: output, spool: folder, now: now)
        } else {
            _ = try rekey.processor(operation)
                .process(contentsOf: input, to: output, spool: folder, receivedAt: now)
        }
    }

    /// A file that `operation` takes, made when it is missing.
    private func input(of operation: Operation, _ octetCount: Int) throws -> URL {
        guard let source = operation.source else { return file("order-\(octetCount)") }
        let result = file("\(Self.name)-\(source.rawValue)-\(octetCount)")
        if !FileManager.default.fileExists(atPath: result.path) {
            try run(source, on: input(of: source, octetCount), to: result)
        }
        return result
    }

    private func file(_ name: String) -> URL { folder.appending(path: name + ".xml") }
}
