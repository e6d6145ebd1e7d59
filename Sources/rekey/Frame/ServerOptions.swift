import ArgumentParser
import AsyncHTTPClient
import Cryptography
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

    @Option(
        help: "PEM certificates to trust for an https server, and no others (environment REKEY_CA_CERTIFICATE).",
        completion: .file()
    )
    var caCertificate: String?

    /// Runs `body` with a client, and closes its connections.
    func withClient<Result: Sendable>(
        _ body: (ManagementClient) async throws -> Result
    ) async throws -> Result {
        let environment = ProcessInfo.processInfo.environment
        let token = try token(environment)
        let http = try HTTPClient(eventLoopGroupProvider: .singleton, configuration: httpConfiguration(environment))
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

    private func httpConfiguration(_ environment: [String: String]) throws -> HTTPClient.Configuration {
        guard let path = caCertificate ?? environment["REKEY_CA_CERTIFICATE"] else {
            return ManagementClient.httpConfiguration
        }
        do {
            guard try !Certificate.list(pem: FileInput.text(path)).isEmpty else {
                throw CryptographyError.malformedCertificate("none is there")
            }
        } catch let error as CryptographyError {
            throw Failure("\(path) holds no certificates: \(error)", hint: "name a file of PEM", status: .usage)
        }
        return ManagementClient.httpConfiguration(trusting: path)
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
