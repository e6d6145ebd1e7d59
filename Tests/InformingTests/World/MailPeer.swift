import Foundation

/// A real mail server on loopback: `Peers/mail/server.py`, which takes mail and says what Python's library reads in it.
final class MailPeer {
    /// A mail that the server took.
    struct Taken: Decodable {
        struct Part: Decodable {
            let type: String
            let method: String?
            let name: String?
            let text: String
        }

        let from: String
        let to: [String]
        let tls: Bool
        let user: String?
        let fields: [[String]]
        let defects: [String]
        let longest: Int
        let parts: [Part]

        /// The values of a header field.
        func values(_ name: String) -> [String] {
            fields.filter { $0.first?.lowercased() == name.lowercased() }.compactMap(\.last)
        }

        /// What the mail says.
        var text: String { parts.first { $0.type == "text/plain" }?.text ?? "" }
    }

    struct DidNotStart: Error {}

    let port: Int
    private let process = Process()
    private let output = Pipe()
    private let input = Pipe()
    private var text = ""

    init(_ arguments: [String]) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardizedFileURL
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [root.appending(path: "Peers/mail/server.py").path] + arguments
        process.standardOutput = output
        process.standardInput = input
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = Self.line(of: output, &text) ?? ""
        guard line.hasPrefix("port "), let port = Int(line.dropFirst(5)) else { throw DidNotStart() }
        self.port = port
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// The next mail that it took; waits for it.
    func next() throws -> Taken {
        guard let line = Self.line(of: output, &text) else { throw DidNotStart() }
        return try JSONDecoder().decode(Taken.self, from: Data(line.utf8))
    }

    /// Ends the server and returns what it took besides.
    func rest() throws -> [Taken] {
        try input.fileHandleForWriting.close()
        var mails: [Taken] = []
        while let line = Self.line(of: output, &text) {
            mails.append(try JSONDecoder().decode(Taken.self, from: Data(line.utf8)))
        }
        return mails
    }

    private static func line(of output: Pipe, _ text: inout String) -> String? {
        while true {
            if let end = text.firstIndex(of: "\n") {
                defer { text = String(text[text.index(after: end)...]) }
                return String(text[..<end])
            }
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { return nil }
            text += String(decoding: more, as: UTF8.self)
        }
    }
}
