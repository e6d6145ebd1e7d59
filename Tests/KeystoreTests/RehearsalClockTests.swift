import Foundation
import TestSupport
import Testing
import Timekeeping

@Suite struct RehearsalClockTests {
    private static let system = SimulatedClock()

    private func offset(_ text: String?) throws -> TimeInterval {
        var offset = 0.0
        try TemporaryFolder.use { folder in
            let file = folder + "/clock"
            if let text { try Data(text.utf8).write(to: URL(filePath: file), options: .atomic) }
            offset = RehearsalClock(offsetFile: file, system: Self.system).now.timeIntervalSince(Self.system.now)
        }
        return offset
    }

    @Test(arguments: [(nil, 0.0), ("0", 0), ("7776000\n", 7_776_000), (" -1.5 ", -1.5), ("1e3", 1000)])
    func `moves the system's clock by the seconds in the file`(_ text: String?, _ expected: Double) throws {
        #expect(try offset(text) == expected)
    }

    @Test(arguments: ["", "soon", "nan", "inf", "1e300", "0x10 days"])
    func `text that is no length of time moves nothing`(_ text: String) throws {
        #expect(try offset(text) == 0)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a change of the file is seen, and a broken file leaves the last offset`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "clock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "clock")
        let clock = RehearsalClock(offsetFile: file.path(), system: Self.system)
        #expect(clock.now == Self.system.now)
        try Data("3600".utf8).write(to: file, options: .atomic)
        while clock.now != Self.system.now + 3600 { await Task.yield() }
        try Data("broken".utf8).write(to: file, options: .atomic)
        let other = folder.appending(path: "other")
        let watch = RehearsalClock(offsetFile: other.path(), system: Self.system)
        try Data("1".utf8).write(to: other, options: .atomic)
        // By the time that a second clock has seen its change, the first one has read the broken file.
        while watch.now != Self.system.now + 1 { await Task.yield() }
        #expect(clock.now == Self.system.now + 3600)
    }

    @Test func `the system's clock goes with the operating system's`() {
        let before = Date()
        let now = SystemWallClock().now
        #expect(before <= now && now <= Date())
    }
}
