import Foundation

/// The same flows in Java: the JDK's HTTP server and WSS4J, see `Peers/gateway`.
final class JavaGateway: Gateway {
    let name = "java"
    let port: Int
    private let process: BoundProcess

    init(root: String, folder: String, receiverPort: Int) throws {
        let place = URL(filePath: folder, directoryHint: .isDirectory)
        process = try BoundProcess(
            [root + "/Peers/gateway/run", "http://127.0.0.1:\(receiverPort)"],
            folder: place,
            log: "java.log"
        )
        port = try process.wait("the Java gateway") { text in
            text.split(separator: "\n").first { $0.hasPrefix("port ") }.flatMap { Int($0.dropFirst(5)) }
        }
    }

    var processIDs: [Int32] { [process.processID] }

    func carries(_ flow: GatewayFlow) -> Bool { flow != .oneWay }

    func stop() { process.stop() }
}
