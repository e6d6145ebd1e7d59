import Foundation
import Renewal
import StoreSQLite
import TestSupport
import Testing

@Suite struct FoldTests {
    @Test("Replaying a journal, whole or read back from its JSON, gives the same state at every position")
    func replay() async throws {
        let world = try await World(.tenantSignsInboundResponse, .single)
        try await world.begin()
        try await world.carryOut()
        let entries = try await world.engine.journal(of: world.id)
        let written = try entries.map { entry in
            let payload = try entry.payload()
            let read = try JournalEntry(renewal: entry.renewal, sequence: entry.sequence, payload: payload)
            #expect(try read.payload() == payload)
            return read
        }
        #expect(written == entries)
        var stepwise = try RenewalState(folding: Array(entries.prefix(1)), of: world.id)
        for count in 2...entries.count {
            try stepwise.apply(entries[count - 1])
            #expect(try RenewalState(folding: Array(written.prefix(count)), of: world.id) == stepwise)
        }
        #expect(stepwise.status == .completed)
    }

    @Test("A journal with a gap, a double, a second plan or no plan is refused")
    func outOfSequence() async throws {
        let world = try await World(.tenantSignsInboundResponse, .dual)
        try await world.begin()
        let entries = try await world.engine.journal(of: world.id)
        let (plan, start) = (entries[0], entries[1])
        let again = JournalEntry(renewal: world.id, sequence: 2, at: plan.at, actor: plan.actor, event: plan.event)
        let late = JournalEntry(renewal: world.id, sequence: 3, at: plan.at, actor: plan.actor, event: start.event)
        let id = world.id
        #expect(throws: JournalError.noPlan(id)) { try RenewalState(folding: [], of: id) }
        #expect(throws: JournalError.noPlan(id)) { try RenewalState(folding: [start], of: id) }
        #expect(throws: JournalError.plannedTwice) { try RenewalState(folding: [plan, again], of: id) }
        #expect(throws: JournalError.outOfSequence(expected: 2, found: 3)) {
            try RenewalState(folding: [plan, late], of: id)
        }
        #expect(throws: JournalError.outOfSequence(expected: 3, found: 2)) {
            try RenewalState(folding: [plan, start, start], of: id)
        }
    }

    @Test("The JSON of an event is stable")
    func stableJSON() throws {
        let step = StepID(rawValue: "3-configure-partner")
        let moment = Date(timeIntervalSince1970: 1_767_225_600)
        let entry = JournalEntry(
            renewal: RenewalID(rawValue: "key-1"),
            sequence: 7,
            at: moment,
            actor: People.rita,
            event: .claimed(step: step, note: nil, outOfOrder: false)
        )
        #expect(
            try entry.payload()
                == #"{"actor":{"name":"rita","organisation":"receiver","role":"receiverAdministrator"},"#
                + #""at":1767225600,"event":{"claimed":{"outOfOrder":false,"step":"3-configure-partner"}}}"#
        )
    }
}
