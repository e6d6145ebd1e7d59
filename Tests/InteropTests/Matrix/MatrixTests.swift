import Foundation
import Testing
import WSSecurity

@Suite(
    "Every cell with every foreign stack",
    .tags(.foreign),
    .enabled(if: ForeignStack.isWanted, "\(ForeignStack.absence)")
)
struct MatrixTests {
    @Test("both directions pass, and what a peer is said to be unable to do fails", arguments: ForeignStack.allCases)
    func passes(_ stack: ForeignStack) async throws {
        for record in try await PeerRecord.of(stack).directions {
            for case (let cell, let reason?) in zip(record.cells, record.reasons) {
                Issue.record("\(record.title): \(cell): \(reason)")
            }
            for cell in record.surprises {
                Issue.record("\(record.title): \(cell): passes, though it is listed as impossible")
            }
            #expect(!record.cells.isEmpty)
        }
    }

    @Test(
        "refuses a message of ours that was changed or that a stranger signed, so its consent means something",
        arguments: ForeignStack.allCases
    )
    func refusesForgeries(_ stack: ForeignStack) async throws {
        let workbench = try Workbench(stack)
        var jobs: [PeerJob] = []
        for (index, soap) in Family.signed.options[1].values.enumerated() {
            let cell = Cell(.signed, [.soap: soap])
            let message = try workbench.rekey.protect(PlainMessage.envelope(cell.soap), cell)
            let changed = String(decoding: message, as: UTF8.self).replacing("4711</m:id>", with: "4712</m:id>")
            for (name, octets) in [("changed", Array(changed.utf8)), ("strange", message)] {
                let file = workbench.file("\(name)-\(index)")
                try workbench.write(octets, to: file)
                let trusted = name == "strange" ? workbench.keys.stranger : nil
                jobs.append(workbench.words.processing(cell, in: file, out: workbench.file("out"), trusting: trusted))
            }
        }
        for (job, reason) in zip(jobs, try await workbench.batch.run(jobs)) {
            #expect(reason != nil, "\(job.line)")
        }
    }

    @Test("docs/interop.md says what came of them; REKEY_WRITE_INTEROP=1 writes it")
    func report() async throws {
        var records: [DirectionRecord] = []
        for stack in ForeignStack.allCases { records += try await PeerRecord.of(stack).directions }
        let text = MatrixReport(records: records).text
        let file = ForeignStack.root.appending(path: "docs/interop.md")
        if ProcessInfo.processInfo.environment["REKEY_WRITE_INTEROP"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == text, "REKEY_WRITE_INTEROP=1 writes it anew")
    }
}
