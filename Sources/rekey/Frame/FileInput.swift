import Foundation

/// Reads the files that a command line names; `-` is standard input.
enum FileInput {
    /// The octets of a file.
    static func octets(_ path: String) throws(Failure) -> [UInt8] {
        do {
            // A handle reads pipes as well as files.
            let handle = path == "-" ? .standardInput : try FileHandle(forReadingFrom: URL(filePath: path))
            return try [UInt8](handle.readToEnd() ?? Data())
        } catch {
            throw Failure("cannot read \(path)", hint: "does the file exist, and may you read it?", status: .usage)
        }
    }

    /// The text of a UTF-8 file.
    static func text(_ path: String) throws(Failure) -> String {
        guard let text = try String(validating: octets(path), as: UTF8.self) else {
            throw Failure("\(path) is not UTF-8 text", status: .usage)
        }
        return text
    }

    /// The first line of a file that holds a password; nil when no file is named.
    static func password(_ path: String?) throws(Failure) -> String? {
        guard let path else { return nil }
        return try String(text(path).prefix { !$0.isNewline })
    }
}
