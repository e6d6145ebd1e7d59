import Foundation
import Keystore
import Logging
import Messaging
import Server
import Timekeeping

/// The flow files of the configuration's folder, deployed when the store does not know them yet.
struct FirstFlows {
    let folder: String?
    let tenant: Tenant
    let logger: Logger

    func deploy() async throws {
        let now = tenant.clock.now
        for flow in try Self.flows(in: folder) where tenant.runtime.flow(flow.id) == nil {
            try await tenant.runtime.deploy(flow)
            try await tenant.keystore.write { transaction in
                try transaction.audit(
                    at: now,
                    actor: "rekey",
                    action: "flow.deploy",
                    subject: flow.id.rawValue,
                    detail: "from the configuration's folder, for the first time"
                )
            }
            logger.info("a flow is deployed for the first time", metadata: ["flow.id": "\(flow.id)"])
        }
    }

    /// The flows that the `.yaml` files of `folder` describe, by file name.
    static func flows(in folder: String?) throws -> [IntegrationFlow] {
        try files(in: folder).map(flow)
    }

    /// The paths of the `.yaml` files of `folder`, by name.
    static func files(in folder: String?) throws(Failure) -> [String] {
        guard let folder else { return [] }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw Failure(
                "cannot read the folder of flows \(folder)",
                hint: "make it, or remove `flows` from the configuration",
                status: .configuration
            )
        }
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { folder + "/" + $0 }
    }

    /// The flow that the file at `path` describes.
    static func flow(_ path: String) throws -> IntegrationFlow {
        do {
            return try IntegrationFlow(yaml: FileInput.text(path), file: path)
        } catch let error as FlowError {
            throw Failure(error.description, hint: error.mend, status: .configuration)
        }
    }
}
