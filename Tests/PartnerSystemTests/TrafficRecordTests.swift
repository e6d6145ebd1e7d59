import Foundation
import Testing

@testable import PartnerSystem

@Suite("Traffic record")
struct TrafficRecordTests {
    private let start = ContinuousClock.now

    /// A moment `seconds` after the start; the wall clock runs an hour ahead from `leap` on.
    private func moment(_ seconds: Double, leap: Bool = false) -> Moment {
        Moment(
            date: Date(timeIntervalSince1970: seconds + (leap ? 3600 : 0)),
            instant: start.advanced(by: .seconds(seconds))
        )
    }

    @Test("every message is pending, answered, accepted or failed at every moment")
    func sumHolds() {
        var record = TrafficRecord()
        for id in ["a", "b", "c", "d"] {
            record.attempt(id, pattern: .requestReply, target: "t", at: moment(0))
        }
        record.end("a", as: .answered, at: moment(1))
        record.end("b", as: .accepted, at: moment(1))
        record.end("c", as: .failed("why"), at: moment(1))
        let counters = record.counters
        #expect(counters.sent == counters.answered + counters.accepted + counters.failed + counters.pending)
        #expect(counters.pending == 1)
        #expect(record.messages.map(\.state) == [.answered, .accepted, .failed, .pending])
        #expect(record.messages[2].detail == "why")
    }

    @Test("a refused message keeps its place and counts its attempts")
    func retries() {
        var record = TrafficRecord()
        record.attempt("a", pattern: .requestReply, target: "t", at: moment(0))
        record.refuse("a", detail: "status 503", at: moment(1))
        record.attempt("a", pattern: .requestReply, target: "t", at: moment(1))
        record.end("a", as: .answered, at: moment(2))
        #expect(record.counters.sent == 1)
        #expect(record.counters.refused == 1)
        #expect(record.counters.retried == 1)
        #expect(record.messages[0].attempts == 2)
        #expect(record.messages[0].refusals == 1)
        #expect(record.messages[0].sequence == 1)
    }

    @Test("an interruption lasts from the first refusal to the next answer, in seconds that really passed")
    func interruption() {
        var record = TrafficRecord()
        for id in ["a", "b"] { record.attempt(id, pattern: .requestReply, target: "t", at: moment(0)) }
        record.refuse("a", detail: "status 503", at: moment(1))
        record.refuse("b", detail: "status 503", at: moment(2))
        record.end("a", as: .answered, at: moment(4, leap: true))
        record.end("b", as: .answered, at: moment(5, leap: true))
        let interruptions = record.interruptions.report(at: moment(9))
        #expect(interruptions.map(\.kind) == [.refused])
        #expect(interruptions.map(\.seconds) == [3])
        #expect(interruptions.first?.endedAt == moment(4, leap: true).date)
    }

    @Test("a pause that lasts is reported without an end")
    func pause() {
        var record = TrafficRecord()
        record.pause(at: moment(1))
        #expect(record.interruptions.report(at: moment(3)).map(\.endedAt) == [nil])
        #expect(record.interruptions.report(at: moment(3)).map(\.seconds) == [2])
        record.resume(at: moment(4))
        #expect(record.interruptions.report(at: moment(9)).map(\.seconds) == [3])
    }

    @Test("a receiver counts the same id once, and its repetitions apart")
    func duplicates() {
        var record = TrafficRecord()
        record.receive(id: "a", pattern: .oneWay, path: "/n", at: moment(0))
        record.receive(id: "a", pattern: .oneWay, path: "/n", at: moment(1))
        record.receive(id: "b", pattern: .oneWay, path: "/n", at: moment(2))
        #expect(record.counters.received == 2)
        #expect(record.counters.duplicates == 1)
        #expect(record.messages.map(\.count) == [2, 1])
    }

    @Test("the use of a key is remembered from its first to its last message")
    func keyUse() throws {
        var record = TrafficRecord()
        let key = try KeyPairs.held(KeyPairs.first, for: .verify)
        for (index, id) in ["a", "b", "c"].enumerated() {
            record.receive(id: id, pattern: .requestReply, path: "/o", at: moment(Double(index)))
        }
        record.use(.verify, of: key.fingerprint, message: "b", at: moment(1))
        record.use(.verify, of: key.fingerprint, message: "c", at: moment(2))
        let report = record.keys.report(key)
        #expect(report.count == 2)
        #expect(report.firstMessage == 2)
        #expect(report.lastMessage == 3)
        #expect(report.firstUsedAt == moment(1).date)
        #expect(report.lastUsedAt == moment(2).date)
    }
}
