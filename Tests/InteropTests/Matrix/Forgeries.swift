import Foundation
import Testing
import WSSecurity

/// Signed messages of ours that a peer must refuse.
struct Forgeries {
    private let workbench: Workbench

    init(_ workbench: Workbench) {
        self.workbench = workbench
    }

    func areRefused() async throws {
        let cells = SOAPVersion.allCases.map { Cell(operation: .sign, reference: .binarySecurityToken, soap: $0) }
        var jobs: [PeerJob] = []
        for (index, cell) in cells.enumerated() {
            let message = try workbench.rekey.protect(PlainMessage.envelope(cell.soap), cell)
            let changed = String(decoding: message, as: UTF8.self).replacing("4711</m:id>", with: "4712</m:id>")
            jobs.append(try job("changed-\(index)", Array(changed.utf8), trust: workbench.keys.signer))
            jobs.append(try job("strange-\(index)", message, trust: workbench.keys.stranger))
        }
        for (job, reason) in zip(jobs, try await workbench.batch.run(jobs)) {
            #expect(reason != nil, "\(job.line)")
        }
    }

    private func job(_ name: String, _ message: [UInt8], trust: InteropKeys.Pair) throws -> PeerJob {
        let file = workbench.file(name)
        try workbench.write(message, to: file)
        let path = file.path(percentEncoded: false)
        return PeerJob(
            operation: "verify",
            words: [("in", path), ("out", path + ".out"), ("trust", trust.certificateFile)]
        )
    }
}
