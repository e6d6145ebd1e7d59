import ArgumentParser
import Foundation
import Messaging
import WSSecurity

/// The command `rekey flow policy`.
struct FlowPolicy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Turns a WSDL's WS-SecurityPolicy, or a policy alone, into flow settings.",
        discussion: """
            Prints the security settings of the channel that talks to that partner, without a tenant; put the aliases \
            in place of ALIAS and ENDORSER. An assertion that is not understood is an error that names it.
            """
    )
    @Argument(help: "The WSDL or policy file.", completion: .file()) var file: String
    @Option(help: "The port, where the WSDL has several.") var port: String?
    @Option(help: "The operation, where the port has several.") var operation: String?
    @Option(name: .customLong("as"), help: "What the tenant is: initiator or recipient of the requests.")
    var side = SecurityPolicyDocument.Side.initiator
    @Option(
        help: "Allow an old algorithm that the policy asks for: SHA-1, RSA-1.5 or CBC; may be repeated.",
        transform: Self.legacy
    )
    var allow: [LegacyAlgorithm] = []

    func run() async throws {
        do {
            let document = try SecurityPolicyDocument(policy(FileInput.octets(file)), side: side)
            FileHandle.standardOutput.write(Data(document.yaml.utf8))
        } catch let error as SecurityPolicyError {
            throw Failure("\(file): \(error)", status: .refused)
        }
    }

    @Sendable private static func legacy(_ text: String) throws -> LegacyAlgorithm {
        guard let algorithm = LegacyAlgorithm.allCases.first(where: { $0.rawValue == text.uppercased() }) else {
            throw ValidationError(
                "\(text) is none of \(LegacyAlgorithm.allCases.map(\.rawValue).joined(separator: ", "))."
            )
        }
        return algorithm
    }

    private func policy(_ octets: [UInt8]) throws -> SecurityPolicy {
        let allowed = Set(allow)
        let isWSDL = port != nil || operation != nil || file.hasSuffix(".wsdl")
        guard isWSDL else { return try SecurityPolicy(policy: octets, allowing: allowed) }
        let subject = SecurityPolicy.Subject(port: port, operation: operation)
        return try SecurityPolicy(wsdl: octets, subject: subject, allowing: allowed)
    }
}

extension SecurityPolicyDocument.Side: ExpressibleByArgument {}
