import FoundationEssentials

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Reads small files that hold secrets.
enum PrivateFile {
    private static let octetLimit = 4096

    /// The text of the file at `path`; when `demandingPrivacy`, only if nobody but its owner may touch it.
    ///
    /// The permissions are those of the very file that is read. Throws `masterKey` with the cause and the mend.
    static func text(at path: String, demandingPrivacy: Bool) throws(KeystoreError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .masterKey("\(path) cannot be opened: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .masterKey("\(path) is not a file")
        }
        guard !demandingPrivacy || status.st_mode & 0o077 == 0 else {
            throw .masterKey("others than the owner may use \(path): run `chmod 600 \(path)`")
        }
        var octets = [UInt8](repeating: 0, count: octetLimit)
        defer { octets.withUnsafeMutableBytes { _ = $0.initializeMemory(as: UInt8.self, repeating: 0) } }
        let count = octets.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw .masterKey("\(path) cannot be read") }
        guard count < octetLimit else { throw .masterKey("\(path) is longer than a key") }
        return String(decoding: octets[..<count], as: UTF8.self)
    }
}
