import Foundation
import Testing

@testable import Server

@Suite("Which logins are written to the audit log")
struct LoginRecordTests {
    private let start = Date(timeIntervalSince1970: 1_798_761_600)

    @Test("Of many failures the first twenty of a minute; the rest is counted in the next one")
    func failures() {
        var record = LoginRecord()
        for _ in 1...20 {
            #expect(record.note(.failed, of: nil, from: "192.0.2.1", at: start)?.action == "login.failed")
        }
        for _ in 1...3 { #expect(record.note(.throttled, of: nil, from: "192.0.2.1", at: start) == nil) }
        #expect(record.note(.failed, of: nil, from: "192.0.2.1", at: start.addingTimeInterval(59)) == nil)
        let next = record.note(.throttled, of: nil, from: "192.0.2.1", at: start.addingTimeInterval(60))
        #expect(next?.action == "login.throttled")
        #expect(next?.detail == "from 192.0.2.1, and 4 more before that were not written")
        let last = record.note(.failed, of: nil, from: "192.0.2.1", at: start.addingTimeInterval(61))
        #expect(last?.detail == "from 192.0.2.1")
    }

    @Test("Of a person's successes one an hour from each address")
    func successes() {
        var record = LoginRecord()
        #expect(record.note(.succeeded, of: "anna", from: "192.0.2.1", at: start)?.action == "login.succeeded")
        #expect(record.note(.succeeded, of: "anna", from: "192.0.2.1", at: start.addingTimeInterval(3599)) == nil)
        #expect(record.note(.succeeded, of: "anna", from: "192.0.2.2", at: start) != nil)
        #expect(record.note(.succeeded, of: "berta", from: "192.0.2.1", at: start) != nil)
        #expect(record.note(.succeeded, of: "anna", from: "192.0.2.1", at: start.addingTimeInterval(3600)) != nil)
        #expect(record.note(.succeeded, of: "anna", from: "192.0.2.1", at: start) != nil)
    }
}
