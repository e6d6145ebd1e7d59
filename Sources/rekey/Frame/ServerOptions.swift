import ArgumentParser
import AsyncHTTPClient
import Foundation
import ManagementAPI

/// Which tenant a command speaks to, and in whose name.
struct ServerOptions: ParsableArguments {
    @Option(help: "The tenant's management listener (environment REKEY_SERVER; else http://127.0.0.1:8081).")
    var server: String?

    @Option(
        help: "The file that holds your bearer token (environment REKEY_TOKEN_FILE).",
        completion: .file()
    )
    var tokenFile: String?

    /// Runs `body` with a client, and closes its connections.
    func withClient<Result: Sendable>(
        _ body: (ManagementClient) async throws -> Result
    ) async throws -> Result {
        let environment = ProcessInfo.processInfo.environment
        let token = try token(environment)
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: ManagementClient.httpConfiguration)
        let address = server ?? environment["REKEY_SERVER"] ?? "http://127.0.0.1:8081"
        do {
            let result = try await body(ManagementClient(server: address, token: token, http: http))
            try await http.shutdown()
            return result
        } catch {
            try? await http.shutdown()
            throw error
        }
    }

    private func token(_ environment: [String: String]) throws -> String {
        guard let path = tokenFile ?? environment["REKEY_TOKEN_FILE"] else {
            throw Failure(
                "no token: the management API asks who you are",
                hint: "name the file of your bearer token with --token-file or REKEY_TOKEN_FILE",
                status: .usage
            )
        }
        return try FileInput.text(path).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
