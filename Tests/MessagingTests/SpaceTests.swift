import Foundation
import TestSupport
import Testing

@testable import Messaging

@Suite struct SpaceTests {
    @Test func `Without room one-way messages are turned away with 503, and what is stored is delivered`() async throws
    {
        try await World.run { world in
            var configuration = RuntimeConfiguration()
            configuration.reservedOctetCount = .max
            world.receiver.set(.status(503))
            try await world.deploy(pattern: .oneWay)
            #expect(try await world.send("one").status == 202)
            _ = await world.receiver.next()
            try await world.settle()
            world.receiver.set(.take)
            try await world.restarted(configuration: configuration) { runtime in
                let reply = try await world.send("two", on: runtime)
                #expect(reply.status == 503 && reply.headers.contains { $0.name == "Retry-After" })
                world.clock.advance(by: .seconds(60))
                #expect(await world.receiver.next()?.messageID == "urn:one")
            }
            #expect(try await world.messages().count == 1)
        }
    }

    @Test func `Unless told otherwise a twentieth of a small disk is kept free, and never more than 256 MB`() {
        let space = { (total: Int) in
            StoreSpace(freeOctetCount: 0, totalOctetCount: total, reusableOctetCount: 0)
        }
        #expect(space(1 << 30).reserve(nil) == (1 << 30) / 20)
        #expect(space(1 << 40).reserve(nil) == 256 << 20)
        #expect(space(1 << 30).reserve(256 << 20) == 256 << 20 && space(1 << 40).reserve(0) == 0)
    }

    @Test func `A hold is expected to store what the busiest hour did, and must have room for it`() async throws {
        var configuration = RuntimeConfiguration()
        configuration.reservedOctetCount = 1 << 30
        try await World.run(configuration: configuration) { [configuration] world in
            var configuration = configuration
            world.receiver.set(.take)
            let flow = try await world.deploy(pattern: .oneWay)
            let none = try await world.runtime.forecast(of: flow.id, for: .seconds(3600))
            #expect(none.messageCount == 0 && none.fits)
            for number in 0..<4 { #expect(try await world.send("n\(number)").status == 202) }
            world.clock.advance(by: .seconds(3600))
            let forecast = try await world.runtime.forecast(of: flow.id, for: .seconds(4 * 3600))
            #expect(forecast.messageCount == 16)
            #expect(forecast.octetCount > 16 * 1024 && forecast.octetCount < 16 * 8192)
            #expect(forecast.fits)
            configuration.reservedOctetCount = .max
            try await world.restarted(configuration: configuration, isRunning: false) { runtime in
                let crowded = try await runtime.forecast(of: flow.id, for: .seconds(4 * 3600))
                #expect(crowded.messageCount == 16 && crowded.freeOctetCount == 0 && !crowded.fits)
            }
            let years = try await world.runtime.forecast(of: flow.id, for: .seconds(1 << 50))
            #expect(!years.fits)
        }
    }

    @Test func `A hold of a flow that stores nothing needs no room`() async throws {
        try await World.run { world in
            world.receiver.set(.confirm)
            let flow = try await world.deploy()
            #expect(try await world.send("one").status == 200)
            let forecast = try await world.runtime.forecast(of: flow.id, for: .seconds(3600))
            #expect(forecast.messageCount == 0 && forecast.octetCount == 0)
        }
    }
}
