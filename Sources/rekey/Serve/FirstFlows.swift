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

    /// Reads the files that `reader` has not read as they are now, all without one, and deploys what is new in them.
    ///
    /// Throws a `Failure` for a file that describes no flow, a `DeploymentError`, and what the store throws.
    func deploy(reader: String? = ProgramBuild.name) async throws {
        let paths = try Self.files(in: folder)
        // Before a file is read: one that is changed meanwhile is read again the next time.
        let marks = paths.map { FileMark.mark(of: $0) }
        let known = try await knownFiles(reader)
        var files: Set<FlowFile> = []
        for (path, mark) in zip(paths, marks) {
            let file = mark.map { FlowFile(path: path, mark: $0) }
            if let file { files.insert(file) }
            if let file, known.contains(file) { continue }
            try await deploy(Self.flow(path))
        }
        guard let reader, files != known else { return }
        try await tenant.messaging.write { [files] in try $0.noteFiles(files, readBy: reader) }
    }

    private func knownFiles(_ reader: String?) async throws -> Set<FlowFile> {
        guard let reader else { return [] }
        return try await tenant.messaging.read { try $0.flowFiles(readBy: reader) }
    }

    private func deploy(_ flow: IntegrationFlow) async throws {
        guard try await !tenant.runtime.knows(flow.id) else { return }
        let now = tenant.clock.now
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
