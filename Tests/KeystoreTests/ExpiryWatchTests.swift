import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

@Suite struct ExpiryWatchTests {
    @Test func `each threshold is said once, and a renewed certificate begins anew`() throws {
        let tenant = try Tenant()
        let alias = try KeyAlias("orders-sign")
        let version = try tenant.create(alias, validity: .seconds(100 * 86_400))
        let end = try #require(version.certificate?.notAfter)
        var said: [Int] = []
        for _ in 0..<102 {
            said += try tenant.act { try $0.watchExpiry() }.map(\.days)
            #expect(try tenant.act { try $0.watchExpiry() }.isEmpty)
            tenant.clock.advance(by: .seconds(86_400))
        }
        #expect(said == ExpiryWatch.thresholds)
        let actions = tenant.store.contents.audit.map(\.action)
        #expect(actions.filter { $0 == "key.expires" }.count == 5 && actions.last == "key.expired")
        #expect(tenant.store.contents.audit.last?.detail.contains(end.formatted(.iso8601)) == true)
    }

    @Test func `only what is in use is watched, and what was slept through is said by its narrowest threshold`() throws
    {
        let tenant = try Tenant()
        let alias = try KeyAlias("orders-sign")
        try tenant.create(alias, validity: .seconds(100 * 86_400))
        let second = try tenant.create(alias, validity: .seconds(200 * 86_400))
        tenant.clock.advance(by: .seconds(95 * 86_400))
        #expect(try tenant.act { try $0.watchExpiry() }.map(\.days) == [7])
        try tenant.act { _ = try $0.exchange(to: second.id) }
        tenant.clock.advance(by: .seconds(10 * 86_400))
        #expect(try tenant.act { try $0.watchExpiry() }.isEmpty)
    }
}
