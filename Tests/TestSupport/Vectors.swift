package import Foundation

/// The files below `Tests/Vectors`, found from this file's own place.
package enum Vectors {
    /// The folder `Tests/Vectors`.
    package static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Vectors", directoryHint: .isDirectory)

    /// The octets of `path`, relative to `Tests/Vectors`.
    package static func octets(_ path: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: folder.appending(path: path)))
    }

    /// The rows of a tab-separated index, without its header.
    package static func rows(_ path: String) throws -> [[String]] {
        let text = try String(decoding: Data(contentsOf: folder.appending(path: path)), as: UTF8.self)
        return text.split(separator: "\n").dropFirst()
            .map {
                $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            }
    }
}
