#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Asks for large pages where much memory is about to be written; a hint only, which a system may ignore.
///
/// The first touch of a small page costs more than most of what is done with its octets. `XML` has its own copy: neither
/// target may import the other, and nothing of ours lies below both.
enum LargePages {
    /// Memory of fewer octets is left alone.
    private static let least = 1 << 22

    /// Advises on the pages that the memory lies in; it may be uninitialized.
    ///
    /// The first and the last page as a whole: a mapping that is advised on in part cannot be enlarged any more.
    static func advise(_ memory: UnsafeRawPointer, octetCount: Int) {
        #if os(Linux)
        guard octetCount >= least else { return }
        let page = 4096
        let start = Int(bitPattern: memory) & -page
        let end = (Int(bitPattern: memory) + octetCount + page - 1) & -page
        _ = madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_HUGEPAGE)
        #endif
    }
}
