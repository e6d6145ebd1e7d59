#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file of our own for octets that are too many to be held: only the owner can read it.
///
/// A temporary one has no name, so it is gone with its last use, whatever happens.
/// `@unchecked Sendable`: it is written by one owner before anyone else reads it.
package final class SpoolFile: @unchecked Sendable {
    private let descriptor: Int32
    /// How many octets it has been given.
    package private(set) var octetCount = 0

    /// A temporary file in a folder.
    package init(temporaryIn folder: String) throws(LargeMessageError) {
        var template = Array("\(folder)/.rekey-XXXXXX".utf8CString)
        let descriptor = template.withUnsafeMutableBufferPointer { name in
            let descriptor = name.baseAddress.map { mkstemp($0) } ?? -1
            if descriptor >= 0, let path = name.baseAddress { unlink(path) }
            return descriptor
        }
        guard descriptor >= 0 else { throw .system("making a temporary file in \(folder)") }
        self.descriptor = descriptor
    }

    /// A new file at `path`, where there must be none.
    init(creating path: String) throws(LargeMessageError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("making \(path)") }
    }

    /// A file that is there, to be read.
    init(reading path: String) throws(LargeMessageError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("opening \(path)") }
    }

    deinit { close(descriptor) }

    /// Adds octets at the end.
    package func append(_ octets: Span<UInt8>) throws(LargeMessageError) {
        try octets.withUnsafeBytes { octets throws(LargeMessageError) in
            var rest = octets
            while rest.count > 0 {
                let written = write(descriptor, rest.baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw .system("writing a message") }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
                octetCount += written
            }
        }
    }

    /// Adds octets of a message at the end, which may have `limit` octets.
    func append(_ octets: Span<UInt8>, limit: Int) throws(LargeMessageError) {
        guard octetCount + octets.count <= limit else {
            throw .refused(SecurityFault(.malformedMessage, "more than \(limit) octets"))
        }
        try append(octets)
    }

    /// Hands the octets of `range`, or of the whole file, to `body` in chunks.
    package func read(
        _ range: Range<Int>? = nil,
        into body: (Span<UInt8>) throws(LargeMessageError) -> Void
    )
        throws(LargeMessageError)
    {
        let size = 64 << 10
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        defer { buffer.deallocate() }
        var position = range?.lowerBound ?? 0
        let end = range?.upperBound ?? Int.max
        while position < end {
            let count = pread(descriptor, buffer.baseAddress, min(size, end - position), off_t(position))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system("reading a message") }
            guard count > 0 else {
                guard range == nil else { throw .file(operation: "reading a message", reason: "the file has shrunk") }
                return
            }
            let chunk = UnsafeRawBufferPointer(rebasing: buffer[..<count]).assumingMemoryBound(to: UInt8.self)
            try body(chunk.span)
            position += count
        }
    }

    /// Sees to it that the octets outlast a loss of power.
    func synchronize() throws(LargeMessageError) {
        guard fsync(descriptor) == 0 else { throw .system("writing a message to disk") }
    }
}

extension LargeMessageError {
    /// The failure of a call just made.
    static func system(_ operation: String) -> LargeMessageError {
        .file(operation: operation, reason: String(cString: strerror(errno)))
    }
}
