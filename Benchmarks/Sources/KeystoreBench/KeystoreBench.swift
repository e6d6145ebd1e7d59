import AsyncHTTPClient
import Foundation
import Keystore
import ManagementAPI
import Messaging
import Server
import StoreSQLite

/// `scripts/bench keystore`: what a tenant with many keys costs, at a tenth and at full size.
@main
enum KeystoreBench {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.isEmpty || arguments == ["--quick"] else {
            print(
                "usage: scripts/bench keystore [--quick]\n  --quick  a hundredth and a tenth: good for shapes, not for figures"
            )
            return
        }
        let size = arguments.isEmpty ? Size.full : Size.full.divided(by: 10)
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let http = HTTPClient(configuration: ManagementClient.httpConfiguration)
        do {
            try await run(size, in: folder, http)
        } catch {
            try? await http.shutdown()
            throw error
        }
        try await http.shutdown()
    }

    private static func run(_ size: Size, in folder: URL, _ http: HTTPClient) async throws {
        let (tenth, full) = try (Ground(size.divided(by: 10), in: folder), Ground(size, in: folder))
        for ground in [tenth, full] { try await ground.fill() }
        var rows = try await firstStart(tenth, full, http)
        rows += try await starts(tenth, full, http)
        let (small, large) = try await (tenth.start(http), full.start(http))
        rows += try await firstMessages(small, large)
        rows += await afterStart(small, large)
        rows += try await small.serving(http) { smallAPI in
            try await large.serving(http) { largeAPI in
                let sides = Comparison(
                    tenth: Side(subject: small, api: smallAPI),
                    full: Side(subject: large, api: largeAPI)
                )
                var operations = Operations(comparison: sides)
                try await operations.run()
                return operations.comparison.rows
            }
        }
        print("\(size.aliases) aliases, \(size.partners) partners, \(size.flows) flows, \(size.renewals) renewals\n")
        print(Row.table(rows), terminator: "")
    }

    /// The one start that reads every document, as after another build of the program.
    private static func firstStart(_ tenth: Ground, _ full: Ground, _ http: HTTPClient) async throws -> [Row] {
        var row = Row(name: "the first start of a build, which reads every document")
        for (ground, isFull) in [(tenth, false), (full, true)] {
            let start = ContinuousClock.now
            let subject = try await ground.start(http)
            let time = ContinuousClock.now - start
            try subject.store.close()
            if isFull { row.full.add(time) } else { row.tenth.add(time) }
        }
        note(row.name)
        return [row]
    }

    /// Messages for flows that are not read yet: flow and keys are read before the sender is let in.
    private static func firstMessages(_ tenth: Subject, _ full: Subject) async throws -> [Row] {
        var row = Row(name: "a message for a flow that is not read yet")
        for turn in 0..<200 {
            for (subject, isFull) in [(tenth, false), (full, true)] {
                let path = "/in/flow-\(subject.size.pick(turn))"
                let start = ContinuousClock.now
                guard case .admitted(_?) = await subject.tenant.runtime.admit(InboundCaller(), to: path) else {
                    throw BenchFault.wrongResult("first message")
                }
                let time = ContinuousClock.now - start
                if isFull { row.full.add(time) } else { row.tenth.add(time) }
            }
        }
        note(row.name)
        return [row]
    }

    /// The start, several times on each store; files are in the system's cache.
    private static func starts(_ tenth: Ground, _ full: Ground, _ http: HTTPClient) async throws -> [Row] {
        var rows: [Row] = []
        for turn in 0..<5 {
            for (ground, isFull) in [(tenth, false), (full, true)] {
                let start = ContinuousClock.now
                let subject = try await ground.start(http)
                let parts = subject.parts + [("start: all of it", .now - start)]
                try subject.store.close()
                if turn == 0 && !isFull { rows = parts.map { Row(name: $0.name) } }
                for (index, part) in parts.enumerated() {
                    if isFull { rows[index].full.add(part.time) } else { rows[index].tenth.add(part.time) }
                }
            }
        }
        note("starts")
        return rows
    }

    /// What is done beside the traffic after a start.
    private static func afterStart(_ tenth: Subject, _ full: Subject) async -> [Row] {
        var (read, indexed, proven) = (
            Row(name: "beside the traffic: all flows and keys are read"),
            Row(name: "beside the traffic: look-ups by issuer and key identifier are made"),
            Row(name: "beside the traffic: every key of a deployed flow is tried")
        )
        for (subject, isFull) in [(tenth, false), (full, true)] {
            let beginning = ContinuousClock.now
            await subject.tenant.runtime.readRest()
            let start = ContinuousClock.now
            subject.tenant.keyring.snapshot.makeIndex()
            let between = ContinuousClock.now
            _ = await subject.tenant.runtime.keyFaults()
            let end = ContinuousClock.now
            if isFull {
                read.full.add(start - beginning)
                indexed.full.add(between - start)
                proven.full.add(end - between)
            } else {
                read.tenth.add(start - beginning)
                indexed.tenth.add(between - start)
                proven.tenth.add(end - between)
            }
        }
        note("after the start")
        return [read, indexed, proven]
    }
}

/// A store of one size, and what opens it.
struct Ground {
    let size: Size
    private let path: String
    private let masterKey: MasterKey
    private let clock = BenchClock()

    init(_ size: Size, in folder: URL) throws {
        self.size = size
        path = folder.appending(path: "\(size.flows).sqlite").path()
        masterKey = try MasterKey.generate()
    }

    func fill() async throws {
        let store = try SQLiteStore(path: path)
        let start = ContinuousClock.now
        try await Filling(store: store, masterKey: masterKey, size: size, now: clock.now).run()
        try store.close()
        note("\(size.aliases) aliases made in \(ContinuousClock.now - start)")
    }

    func start(_ http: HTTPClient) async throws -> Subject {
        try await Subject(size, path: path, masterKey: masterKey, clock: clock, http: http)
    }
}
