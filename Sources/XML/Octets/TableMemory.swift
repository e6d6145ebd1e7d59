import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Memory for tables, which grows where it lies as long as the allocator can: a large one is not copied then.
///
/// Large blocks are kept for the documents that come next. An allocator gives them back to the system after every
/// document, and touching fresh memory costs as much as scanning into it. They hold places and numbers, no content.
enum TableMemory {
    /// Smaller blocks are the allocator's, which keeps them itself.
    static let leastKept = 64 << 10
    /// The most octets that are kept: the tables of a document of 10 MB.
    static let mostKept = 48 << 20

    private static let kept = Mutex<[Block]>([])

    /// At least `octetCount` octets.
    static func take(_ octetCount: Int) -> UnsafeMutableRawBufferPointer {
        if octetCount >= leastKept, let block = kept.withLock({ $0.takeBest(for: octetCount) }) { return block.memory }
        return resize(nil, to: octetCount)
    }

    /// `octetCount` octets, the first of them those of `memory`, which must not be used any more.
    static func grow(_ memory: UnsafeMutableRawBufferPointer, to octetCount: Int) -> UnsafeMutableRawBufferPointer {
        guard octetCount >= leastKept, let block = kept.withLock({ $0.takeBest(for: octetCount) }) else {
            return resize(memory.baseAddress, to: octetCount)
        }
        block.memory.copyMemory(from: UnsafeRawBufferPointer(memory))
        release(memory)
        return block.memory
    }

    /// Gives the memory back.
    static func release(_ memory: UnsafeMutableRawBufferPointer) {
        guard memory.count >= leastKept, memory.count <= mostKept else { return free(memory.baseAddress) }
        let block = Block(memory: memory)
        for old in kept.withLock({ $0.add(block, most: mostKept) }) { free(old.memory.baseAddress) }
    }

    private static func resize(_ memory: UnsafeMutableRawPointer?, to count: Int) -> UnsafeMutableRawBufferPointer {
        guard let result = realloc(memory, count) else { preconditionFailure("no memory is left") }
        LargePages.advise(result, octetCount: count)
        return UnsafeMutableRawBufferPointer(start: result, count: count)
    }

    /// `@unchecked Sendable`: a block has one owner at a time.
    fileprivate struct Block: @unchecked Sendable {
        let memory: UnsafeMutableRawBufferPointer
    }
}

extension [TableMemory.Block] {
    /// Takes out the smallest block that has room, if it is not far too large.
    fileprivate mutating func takeBest(for octetCount: Int) -> TableMemory.Block? {
        var best: Int?
        for index in indices where self[index].memory.count >= octetCount {
            if self[index].memory.count < best.map({ self[$0].memory.count }) ?? octetCount * 8 { best = index }
        }
        return best.map { remove(at: $0) }
    }

    /// Adds a block; returns the oldest ones, which must go for it.
    fileprivate mutating func add(_ block: TableMemory.Block, most: Int) -> [TableMemory.Block] {
        append(block)
        var total = reduce(0) { $0 + $1.memory.count }
        var gone: [TableMemory.Block] = []
        while total > most {
            let oldest = removeFirst()
            total -= oldest.memory.count
            gone.append(oldest)
        }
        return gone
    }
}
