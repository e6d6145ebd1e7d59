import Foundation

/// Makes files that only their owner may read.
enum PrivateFile {
    /// A handle on a new, empty file; an existing one is left alone and refused.
    static func create(_ path: String) throws(Failure) -> FileHandle {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                "cannot make \(path): \(String(cString: strerror(errno)))",
                hint: "name a new file in a folder where you may write"
            )
        }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }
}
