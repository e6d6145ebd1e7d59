import Foundation
import Keystore
import Messaging
import Server

/// Everything that can be said of a tenant's configuration without starting the tenant.
struct ConfigurationReview {
    /// Something that must, or ought to, be mended.
    struct Finding: Encodable, Hashable, Sendable {
        /// Whether a tenant would not start, or not serve a flow.
        let isError: Bool
        /// What is wrong.
        let cause: String
        /// What mends it.
        let mend: String
    }

    let configuration: TenantConfiguration
    let environment: [String: String]
    private(set) var findings: [Finding] = []
    /// The flow files that can be read.
    private(set) var flows: [IntegrationFlow] = []

    /// Nothing is looked at yet.
    init(_ configuration: TenantConfiguration, environment: [String: String]) {
        (self.configuration, self.environment) = (configuration, environment)
    }

    /// Reads all that the configuration names, and says what is wrong with it.
    mutating func run() async {
        let (configuration, environment) = (configuration, environment)
        let masterKey = reviewMasterKey()
        reviewTokens()
        attempt { _ = try configuration.accounts(environment: environment) }
        attempt { _ = try configuration.operation.metrics.access(environment: environment) }
        reviewInforms()
        reviewSecrets()
        await reviewListeners()
        readFlows(in: configuration.flows)
        var (runtime, keys): (RuntimeConfiguration?, KeyringSnapshot?) = (nil, nil)
        if let masterKey {
            runtime = attempt { try configuration.runtime(masterKey: masterKey, environment: environment) }
            keys = await reviewStore(masterKey)
        }
        for flow in flows { review(flow, runtime, keys) }
    }

    /// Notes that something is wrong.
    mutating func error(_ cause: String, mend: String) {
        findings.append(Finding(isError: true, cause: cause, mend: mend))
    }

    /// Notes that something ought to be otherwise.
    mutating func warn(_ cause: String, mend: String) {
        findings.append(Finding(isError: false, cause: cause, mend: mend))
    }

    private mutating func reviewMasterKey() -> MasterKey? {
        do {
            return try configuration.loadMasterKey(environment: environment)
        } catch let error as KeystoreError {
            let failure = Failure(starting: error)
            self.error(failure.message, mend: failure.hint ?? "")
        } catch {
            // Of a token, and said there.
        }
        return nil
    }

    /// What `body` returns; a failure becomes a finding.
    @discardableResult
    mutating func attempt<Value>(_ body: () throws -> Value) -> Value? {
        do {
            return try body()
        } catch let failure as Failure {
            error(failure.message, mend: failure.hint ?? "")
        } catch {
            self.error("\(error)", mend: "mend what is named")
        }
        return nil
    }

    private mutating func readFlows(in folder: String?) {
        for file in attempt({ try FirstFlows.files(in: folder) }) ?? [] {
            guard let flow = attempt({ try FirstFlows.flow(file) }) else { continue }
            if let other = flows.first(where: { $0.id == flow.id }) {
                error("\(file): a second flow \(other.id)", mend: "give each flow an id of its own")
            } else if let other = flows.first(where: { $0.sender.path == flow.sender.path }) {
                error(
                    "\(file): the path \(flow.sender.path) belongs to the flow \(other.id)",
                    mend: "give each flow a path of its own"
                )
            }
            flows.append(flow)
        }
    }
}
