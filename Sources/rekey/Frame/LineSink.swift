import Foundation

/// Writes lines to a file that only its owner may read, or to standard output.
final class LineSink {
    private static let pending = 1 << 16

    private let handle: FileHandle
    private var buffer = Data()

    /// Makes the file at `path`, which is not there yet; nil writes to standard output.
    init(_ path: String?) throws(Failure) {
        guard let path else {
            handle = .standardOutput
            return
        }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw Failure("\(path) is there already", hint: "name another file, or remove it", status: .usage)
        }
        let isMade = FileManager.default.createFile(
            atPath: path,
            contents: nil,
            attributes: [.posixPermissions: 0o600]
        )
        guard isMade, let handle = FileHandle(forWritingAtPath: path) else {
            throw Failure(
                "cannot write \(path)",
                hint: "does its folder exist, and may you write there?",
                status: .usage
            )
        }
        self.handle = handle
    }

    /// Writes `line` and its end.
    func write(_ line: String) throws {
        buffer += Data((line + "\n").utf8)
        if buffer.count >= Self.pending { try flush() }
    }

    /// Writes what is left.
    func close() throws { try flush() }

    private func flush() throws {
        try handle.write(contentsOf: buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
