import Foundation

/// A foreign implementation of WS-Security that `scripts/peers` installs and `Peers/` drives.
enum ForeignStack: String {
    case wss4j
    case zeep

    /// The root of the repository.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Whether the tests are to run: the stacks are there, or must be.
    static let isWanted = wss4j.isThere && zeep.isThere || isContinuousIntegration

    /// Whether a missing stack is a failure.
    static let isContinuousIntegration = ProcessInfo.processInfo.environment["CI"] != nil

    /// Why the tests are skipped.
    static let absence = "the foreign stacks are missing; scripts/peers installs them"

    /// The program in `Peers/` that drives it.
    var program: URL { Self.root.appending(path: "Peers/\(rawValue)/run") }

    var isThere: Bool {
        let path =
            switch self {
            case .wss4j: ".build/peers/wss4j/Peer.class"
            case .zeep: ".build/peers/venv/bin/python"
            }
        return FileManager.default.fileExists(atPath: Self.root.appending(path: path).path(percentEncoded: false))
    }
}
