import Synchronization
import Testing

@testable import Messaging

@Suite struct GroupCommitTests {
    @Test func `What comes during a commit is committed together in the next one, each with its own outcome`()
        async throws
    {
        let batches = Mutex<[[Int]]>([])
        let (started, latch) = (Latch(), Latch())
        let commits = GroupCommit<Int, Int> { items in
            if batches.withLock({
                $0.append(items); return $0.count
            }) == 1 {
                started.open()
                await latch.wait()
            }
            return items.map { $0 * 10 }
        }
        async let first = commits.submit(1)
        await started.wait()
        let outcomes = try await withThrowingTaskGroup(of: (Int, Int).self, returning: [Int: Int].self) { group in
            for item in 2...9 { group.addTask { (item, try await commits.submit(item)) } }
            while await commits.waitingCount < 8 { await Task.yield() }
            latch.open()
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(try await first == 10)
        #expect(outcomes.allSatisfy { $0.value == $0.key * 10 } && outcomes.count == 8)
        #expect(batches.withLock { $0.map(\.count) } == [1, 8])
    }

    @Test func `An error reaches everybody of the commit, and the next commit is not touched by it`() async throws {
        struct Refusal: Error {}
        let commits = GroupCommit<Bool, Bool> { items in
            if items.contains(false) { throw Refusal() }
            return items
        }
        await #expect(throws: Refusal.self) { try await commits.submit(false) }
        #expect(try await commits.submit(true))
    }

    @Test func `A limit divides a crowd into several commits, and nobody is left behind`() async throws {
        let largest = Mutex(0)
        let commits = GroupCommit<Int, Int>(limit: 3) { items in
            largest.withLock { $0 = max($0, items.count) }
            await Task.yield()
            return items
        }
        let sum = try await withThrowingTaskGroup(of: Int.self, returning: Int.self) { group in
            for item in 1...50 { group.addTask { try await commits.submit(item) } }
            return try await group.reduce(0, +)
        }
        #expect(sum == 1275)
        #expect(largest.withLock { $0 } <= 3)
    }
}
