#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Memory for tables, which grows where it lies as long as the allocator can: a large one is not copied then.
enum TableMemory {
    /// `octetCount` octets, the first of them those at `memory`, which must not be used any more.
    static func resize(_ memory: UnsafeMutableRawPointer?, to octetCount: Int) -> UnsafeMutableRawPointer {
        guard let result = realloc(memory, octetCount) else { preconditionFailure("no memory is left") }
        LargePages.advise(result, octetCount: octetCount)
        return result
    }

    /// Gives the memory back.
    static func release(_ memory: UnsafeMutableRawPointer?) { free(memory) }
}
