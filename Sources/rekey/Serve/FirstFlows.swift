import Foundation
import Logging
import Messaging
import Server

/// The flow files of the configuration's folder, deployed when the store does not know them yet.
struct FirstFlows {
    let folder: String?
    let tenant: Tenant
    let logger: Logger

    func deploy() async throws {
        let known = Set(try await tenant.messaging.read { try $0.flowRecords() }.map(\.flow.id))
        for flow in try Self.flows(in: folder) where !known.contains(flow.id) {
            try await tenant.runtime.deploy(flow)
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
