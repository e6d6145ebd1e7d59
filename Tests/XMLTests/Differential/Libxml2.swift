import Foundation
import TestSupport
import XML

/// libxml2 as the other opinion, by `Peers/libxml2/canonicalize.py` and by `xmllint`.
enum Libxml2 {
    /// One document and what to do with it.
    struct Case {
        let octets: [UInt8]
        /// The element to canonicalize, counted in document order; nil for the document.
        var apex: Int?
        /// An element to leave out.
        var omitted: Int?
        var method = Canonicalization(.inclusive10)
    }

    /// What libxml2 makes of a case.
    enum Answer: Equatable {
        case canonical([UInt8])
        case refused
        /// Well-formed, but not to be canonicalized, such as with relative namespace URIs.
        case failed
    }

    /// A failure of the tool itself.
    struct Failure: Error {
        let detail: String
    }

    private static let script = Vectors.folder.appending(path: "../../Peers/libxml2/canonicalize.py")
        .standardizedFileURL

    /// Whether the tools answer; in CI they must, so there the tests run and fail.
    static let isAvailable: Bool = {
        if ProcessInfo.processInfo.environment["CI"] != nil { return true }
        let isThere =
            (try? run(["python3", script.path], input: [])) != nil
            && (try? run(["xmllint", "--version"], input: [])) != nil
        if !isThere { print("skipped: comparisons with libxml2; install libxml2-utils and python3") }
        return isThere
    }()

    /// The answers to a batch, by one process.
    static func answers(to cases: [Case]) throws -> [Answer] {
        var batch: [UInt8] = []
        for test in cases {
            let prefixes =
                test.method.inclusivePrefixes.isEmpty ? "-" : test.method.inclusivePrefixes.joined(separator: ",")
            let mode = mode(of: test.method.algorithm)
            let comments = test.method.withComments ? 1 : 0
            batch +=
                "\(test.octets.count) \(test.apex ?? -1) \(test.omitted ?? -1) \(mode) \(comments) \(prefixes)\n".utf8
            batch += test.octets
        }
        let output = try run(["python3", script.path], input: batch)
        var answers: [Answer] = []
        var position = 0
        while let lineEnd = output[position...].firstIndex(of: 0x0A) {
            guard let size = Int(String(decoding: output[position..<lineEnd], as: UTF8.self)) else { break }
            let end = lineEnd + 1 + max(size, 0)
            guard end <= output.count else { break }
            answers.append(size >= 0 ? .canonical(Array(output[lineEnd + 1..<end])) : size == -1 ? .refused : .failed)
            position = end
        }
        guard answers.count == cases.count else {
            throw Failure(detail: "\(answers.count) answers to \(cases.count) cases")
        }
        return answers
    }

    private static func mode(of algorithm: Canonicalization.Algorithm) -> String {
        switch algorithm {
        case .inclusive10: "inclusive"
        case .inclusive11: "inclusive11"
        case .exclusive10: "exclusive"
        }
    }

    /// What a program writes, found on the path.
    static func run(_ command: [String], input: [UInt8]) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-xml-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let inputFile = folder.appending(path: "input")
        let outputFile = folder.appending(path: "output")
        try Data(input).write(to: inputFile)
        try Data().write(to: outputFile)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(detail: "\(command[0]) ends with status \(process.terminationStatus)")
        }
        return try [UInt8](Data(contentsOf: outputFile))
    }
}
