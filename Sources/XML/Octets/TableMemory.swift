#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Memory for tables, which grows where it lies as long as the allocator can: a large one is not copied then.
enum TableMemory {
    /// Tables from here on ask for large pages: the first touch of a page is what they cost most.
    private static let large = 1 << 22

    /// `octetCount` octets, the first of them those at `memory`, which must not be used any more.
    static func resize(_ memory: UnsafeMutableRawPointer?, to octetCount: Int) -> UnsafeMutableRawPointer {
        guard let result = realloc(memory, octetCount) else { preconditionFailure("no memory is left") }
        #if os(Linux)
        if octetCount >= large { adviseLargePages(result, octetCount) }
        #endif
        return result
    }

    /// Gives the memory back.
    static func release(_ memory: UnsafeMutableRawPointer?) { free(memory) }

    #if os(Linux)
    /// Whole pages within the memory only; a refusal changes nothing.
    private static func adviseLargePages(_ memory: UnsafeMutableRawPointer, _ octetCount: Int) {
        let page = 4096
        let start = (Int(bitPattern: memory) + page - 1) & -page
        let end = (Int(bitPattern: memory) + octetCount) & -page
        _ = madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_HUGEPAGE)
    }
    #endif
}
