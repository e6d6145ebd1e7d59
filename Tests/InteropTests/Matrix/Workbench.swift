import Foundation
import Testing
import WSSecurity

/// A temporary folder with keys, in which Rekey and one peer exchange message files.
final class Workbench: Sendable {
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

    /// Rekey protects every cell, and the peer processes all in one start: what went wrong, `nil` where nothing did.
    func peerProcesses(_ cells: [Cell]) async throws -> [String?] {
        var reasons = [String?](repeating: nil, count: cells.count)
        var jobs: [(index: Int, job: PeerJob)] = []
        for (index, cell) in cells.enumerated() {
            do {
                let message = file("to-peer-\(index)")
                try write(rekey.protect(PlainMessage.envelope(cell.soap), cell), to: message)
                jobs.append((index, words.processing(cell, in: message, out: file("from-peer-\(index)"))))
            } catch {
                reasons[index] = "Rekey: \(error)"
            }
        }
        for (job, reason) in zip(jobs, try await batch.run(jobs.map(\.job))) {
            reasons[job.index] = reason ?? lack(in: file("from-peer-\(job.index)"))
        }
        return reasons
    }

    /// The peer protects every cell in one start, and Rekey processes each: what went wrong, `nil` where nothing did.
    func rekeyProcesses(_ cells: [Cell]) async throws -> [String?] {
        for soap in SOAPVersion.allCases {
            try write(PlainMessage.envelope(soap), to: file("plain-\(soap.rawValue)"))
        }
        let jobs = cells.enumerated()
            .map { index, cell in
                words.protecting(cell, in: file("plain-\(cell.soap.rawValue)"), out: file("protected-\(index)"))
            }
        let reasons = try await batch.run(jobs)
        return zip(cells, reasons).enumerated()
            .map { index, pair in
                pair.1 ?? rekeyReads(file("protected-\(index)"), pair.0)
            }
    }

    func file(_ name: String) -> URL {
        folder.appending(path: name + ".xml")
    }

    func write(_ octets: [UInt8], to file: URL) throws {
        try Data(octets).write(to: file)
    }

    private func lack(in output: URL) -> String? {
        let text = try? String(contentsOf: output, encoding: .utf8)
        return text?.contains("<m:id>4711</m:id>") == true ? nil : "the peer's output lacks the order"
    }

    private func rekeyReads(_ message: URL, _ cell: Cell) -> String? {
        do {
            let processed = try rekey.process([UInt8](Data(contentsOf: message)), cell)
            return String(decoding: processed.body, as: UTF8.self).contains("<m:id>4711</m:id>")
                ? nil : "the body lacks the order"
        } catch {
            return "Rekey: \(error)"
        }
    }
}
