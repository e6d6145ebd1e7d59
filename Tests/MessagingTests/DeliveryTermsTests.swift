import Messaging
import Testing

@Suite struct DeliveryTermsTests {
    @Test func `The wait doubles with each attempt up to its limit`() {
        var terms = DeliveryTerms()
        terms.firstRetry = .seconds(1)
        terms.longestRetry = .seconds(10)
        #expect([0, 1].map { terms.wait(after: 2, jitter: $0) } == [2, 1].map { .seconds($0) })
        #expect([1, 2, 3, 4, 5, 1_000_000].map { terms.wait(after: $0) } == [1, 2, 4, 8, 10, 10].map { .seconds($0) })
    }
}
