import Foundation
import Testing
import WSSecurity

/// A temporary folder with keys, in which Rekey and one peer exchange message files.
final class Workbench {
    let stack: ForeignStack
    let folder: URL
    let keys: InteropKeys
    let rekey: RekeySide
    let words: PeerWords
    let batch: PeerBatch

    init(_ stack: ForeignStack) throws {
        try #require(stack.isThere, "\(ForeignStack.absence)")
        self.stack = stack
        folder = FileManager.default.temporaryDirectory.appending(path: "rekey-interop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        keys = try InteropKeys(in: folder)
        rekey = RekeySide(keys: keys)
        words = PeerWords(keys: keys)
        batch = PeerBatch(stack: stack, folder: folder)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Rekey protects every cell that the peer can process, and the peer processes all in one start.
    func peerProcesses(_ cells: [Cell], cannot: (Cell) -> String?) async throws -> Matrix {
        var matrix = Matrix(title: "Rekey → \(stack)")
        let possible = cells.filter { cannot($0) == nil }
        var jobs: [PeerJob] = []
        for (index, cell) in possible.enumerated() {
            let message = file("to-peer-\(index)")
            try write(rekey.protect(PlainMessage.envelope(cell.soap), cell), to: message)
            jobs.append(words.processing(cell, in: message, out: file("from-peer-\(index)")))
        }
        let reasons = try await batch.run(jobs)
        for (index, cell) in possible.enumerated() {
            matrix.note(cell, judge(reasons[index], output: file("from-peer-\(index)")))
        }
        for cell in cells {
            if let reason = cannot(cell) { matrix.note(cell, .impossible(reason)) }
        }
        return matrix
    }

    /// The peer protects every cell that it can in one start, and Rekey processes each.
    func rekeyProcesses(_ cells: [Cell], cannot: (Cell) -> String?) async throws -> Matrix {
        var matrix = Matrix(title: "\(stack) → Rekey")
        let possible = cells.filter { cannot($0) == nil }
        for soap in SOAPVersion.allCases {
            try write(PlainMessage.envelope(soap), to: file("plain-\(soap.rawValue)"))
        }
        let jobs = possible.enumerated()
            .map { index, cell in
                words.protecting(cell, in: file("plain-\(cell.soap.rawValue)"), out: file("protected-\(index)"))
            }
        let reasons = try await batch.run(jobs)
        for (index, cell) in possible.enumerated() {
            matrix.note(cell, reasons[index].map(Matrix.Result.failed) ?? rekeyReads(file("protected-\(index)"), cell))
        }
        for cell in cells {
            if let reason = cannot(cell) { matrix.note(cell, .impossible(reason)) }
        }
        return matrix
    }

    func file(_ name: String) -> URL {
        folder.appending(path: name + ".xml")
    }

    func write(_ octets: [UInt8], to file: URL) throws {
        try Data(octets).write(to: file)
    }

    func read(_ file: URL) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: file))
    }

    private func judge(_ reason: String?, output: URL) -> Matrix.Result {
        if let reason { return .failed(reason) }
        guard let text = try? String(contentsOf: output, encoding: .utf8), text.contains("<m:id>4711</m:id>") else {
            return .failed("the peer's output lacks the order")
        }
        return .passed
    }

    private func rekeyReads(_ message: URL, _ cell: Cell) -> Matrix.Result {
        do {
            let processed = try rekey.process(read(message), cell)
            let body = String(decoding: processed.body, as: UTF8.self)
            return body.contains("<m:id>4711</m:id>") ? .passed : .failed("the body lacks the order")
        } catch {
            return .failed("\(error)")
        }
    }
}
