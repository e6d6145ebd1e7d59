import Foundation

/// A foreign implementation of WS-Security, or of the two standards below it, that `scripts/peers` installs and `Peers/` drives.
enum ForeignStack: String, CaseIterable, Sendable {
    case wss4j
    case santuario
    case zeep
    case pythonXMLSec = "python-xmlsec"
    case signxml
    case xmlsec1

    /// The root of the repository.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Whether the tests are to run: the stacks are there, or must be.
    static let isWanted = allCases.allSatisfy(\.isThere) || isContinuousIntegration

    /// Whether a missing stack is a failure.
    static let isContinuousIntegration = ProcessInfo.processInfo.environment["CI"] != nil

    /// Why the tests are skipped.
    static let absence = "the foreign stacks are missing; scripts/peers installs them"

    /// The name that its makers gave it.
    var title: String {
        switch self {
        case .wss4j: "WSS4J 1.6"
        case .santuario: "Santuario 2.1"
        case .zeep, .pythonXMLSec, .signxml, .xmlsec1: rawValue
        }
    }

    /// The program in `Peers/` that drives it.
    var program: URL { Self.root.appending(path: "Peers/\(isJava ? rawValue : "python")/run") }

    /// What the program wants to be told before anything else.
    var arguments: [String] { isJava ? [] : [rawValue] }

    var isThere: Bool {
        let path =
            switch self {
            case .wss4j: ".build/peers/wss4j/Peer.class"
            case .santuario: ".build/peers/santuario/SantuarioPeer.class"
            case .zeep, .pythonXMLSec, .signxml, .xmlsec1: ".build/peers/venv/bin/python"
            }
        return FileManager.default.fileExists(atPath: Self.root.appending(path: path).path(percentEncoded: false))
    }

    private var isJava: Bool { self == .wss4j || self == .santuario }
}
