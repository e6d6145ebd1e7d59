import Cryptography

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file that appears under its name when it is whole, and not at all when it is not.
struct OutputFile: ~Copyable {
    private let path: String
    private let partial: String
    let file: SpoolFile

    init(_ path: String) throws(LargeMessageError) {
        self.path = path
        partial = path + "." + Hexadecimal.text(SecureRandom.octets(count: 8)) + ".part"
        file = try SpoolFile(creating: partial)
    }

    deinit { unlink(partial) }

    /// Gives the file its name, in the place of one that has it already.
    consuming func commit() throws(LargeMessageError) {
        try file.synchronize()
        guard rename(partial, path) == 0 else { throw .system("naming \(path)") }
    }
}
