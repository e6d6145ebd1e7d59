#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// By what a file is told from what it was, without reading it: size, place and the moment of its last change of any kind.
enum FileMark {
    /// The mark of the file at `path`; `nil` when there is none to be read.
    static func mark(of path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        #if canImport(Darwin)
        let changed = status.st_ctimespec
        #else
        let changed = status.st_ctim
        #endif
        return "\(status.st_size)-\(status.st_ino)-\(changed.tv_sec).\(changed.tv_nsec)"
    }
}
