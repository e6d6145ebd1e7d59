import Foundation
import WSSecurity

/// A cell in the words of a peer's job.
struct PeerWords {
    let keys: InteropKeys

    /// The job that protects as the cell says.
    func protecting(_ cell: Cell, in plain: URL, out: URL) -> PeerJob {
        let operation = cell.operation == .signWithP256 ? "sign" : cell.operation.rawValue
        return PeerJob(
            operation: operation,
            words: files(plain, out) + [
                ("key", keys.signer(of: cell).prefix),
                ("to", keys.recipient.certificateFile),
                ("reference", cell.reference.rawValue),
                ("cipher", cell.cipherWord),
                ("oaep", cell.oaepWord),
                ("key-kind", cell.operation == .signWithP256 ? "ecdsa" : "rsa"),
            ]
        )
    }

    /// The job that undoes it.
    func processing(_ cell: Cell, in message: URL, out: URL) -> PeerJob {
        let trust = ("trust", keys.signer(of: cell).certificateFile)
        let key = ("key", keys.recipient.prefix)
        return switch cell.operation {
        case .sign, .signWithP256: PeerJob(operation: "verify", words: files(message, out) + [trust])
        case .encrypt: PeerJob(operation: "decrypt", words: files(message, out) + [key])
        case .signEncrypt: PeerJob(operation: "decrypt-verify", words: files(message, out) + [trust, key])
        case .encryptSign: PeerJob(operation: "verify-decrypt", words: files(message, out) + [trust, key])
        }
    }

    private func files(_ input: URL, _ output: URL) -> [(name: String, value: String)] {
        [("in", input.path(percentEncoded: false)), ("out", output.path(percentEncoded: false))]
    }
}
