import Cryptography
import Synchronization
import XML

/// Octets of a spool file that a document has in the place of its stand-in.
final class SpooledContent: XMLContentSource {
    let file: SpoolFile
    let range: Range<Int>
    private let noted = Mutex<LargeMessageError?>(nil)

    init(_ file: SpoolFile, _ range: Range<Int>? = nil) {
        self.file = file
        self.range = range ?? 0..<file.octetCount
    }

    /// What went wrong in reading.
    var error: LargeMessageError? { noted.withLock { $0 } }

    func read(into body: (Span<UInt8>) -> Void) {
        do throws(LargeMessageError) {
            try file.read(range) { chunk throws(LargeMessageError) in body(chunk) }
        } catch {
            noted.withLock { $0 = $0 ?? error }
        }
    }
}

/// The stand-in of octets that lie elsewhere: nobody can know it beforehand.
enum Placeholder {
    static func make() -> [UInt8] { Array(("rekey-" + Hexadecimal.text(SecureRandom.octets(count: 16))).utf8) }
}
