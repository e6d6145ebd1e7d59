import Foundation
public import WSSecurity

/// A folder with `NAME.key.pem` and `NAME.crt.pem` for each who takes part.
public struct KeyFolder: Sendable {
    private let folder: URL

    /// The folder at `path`.
    public init(_ path: String) {
        folder = URL(filePath: path, directoryHint: .isDirectory)
    }

    /// The certificate of `name`.
    public func certificate(_ name: String) throws -> Certificate {
        try Certificate(pem: text("\(name).crt.pem"))
    }

    /// The private key of `name`.
    public func key(_ name: String) throws -> PrivateKey {
        try PrivateKey(pem: text("\(name).key.pem"))
    }

    private func text(_ file: String) throws -> String {
        try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    }
}
