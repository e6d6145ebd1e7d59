import Foundation
import Testing

@testable import Messaging

@Suite("Names of exchanges and stored messages are UUIDs in the order of time")
struct TimeOrderedIDTests {
    private let moment = Date(timeIntervalSince1970: 1_645_557_742)

    @Test("A name is a UUID of version 7 and variant 1 whose first 48 bits are the milliseconds")
    func form() throws {
        for _ in 0..<100 {
            let text = TimeOrderedID.text(at: moment)
            #expect(UUID(uuidString: text)?.uuidString.lowercased() == text)
            // RFC 9562 appendix A.6 has this moment.
            #expect(text.hasPrefix("017f22e2-79b0-7"))
            #expect("89ab".contains(text[text.index(text.startIndex, offsetBy: 19)]))
        }
    }

    @Test("Later ones sort behind, and names of one millisecond differ")
    func order() {
        let names = (0..<500).map { TimeOrderedID.text(at: moment + Double($0) / 500) }
        #expect(names == names.sorted())
        #expect(Set((0..<1000).map { _ in TimeOrderedID.text(at: moment) }).count == 1000)
    }
}
