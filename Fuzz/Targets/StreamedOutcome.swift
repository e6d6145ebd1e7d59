import FoundationEssentials
import WSSecurity

/// What comes of a message, in memory or from file to file.
enum StreamedOutcome: Equatable {
    case accepted(Accepted)
    /// Refused, with the fault's code and the one that the peer gets.
    case refused(SecurityFault.Code, outward: SecurityFault.Code)
    /// Refused because a stream cannot serve it.
    case unservable

    /// What is handed on.
    struct Accepted: Equatable {
        let envelope: [UInt8]
        let version: SOAPVersion
        let signed: [[MessagePart]]
        let signers: [Signer]
        let decrypted: [[MessagePart]]
        let timestamp: VerifiedTimestamp?
        let user: String?
        let assertions: [String]
    }

    init(of fault: SecurityFault) {
        let isUnservable =
            fault.cause.contains("cannot be processed as a stream") || fault.cause.contains("a stream cannot")
        self = isUnservable ? .unservable : .refused(fault.code, outward: fault.outward.code)
    }

    /// What comes of `message` in memory.
    init(inMemory message: [UInt8], _ policy: InboundPolicy) {
        do throws(SecurityFault) {
            let result = try MessageProcessor(policy: policy, keys: FuzzKeys.trusted)
                .process(message, receivedAt: FuzzKeys.now)
            self = .accepted(
                Accepted(
                    envelope: result.envelope,
                    version: result.version,
                    signed: result.signatures.map(\.parts),
                    signers: result.signatures.map(\.signer),
                    decrypted: result.decryptions.map(\.parts),
                    timestamp: result.timestamp,
                    user: result.usernameToken?.name,
                    assertions: result.assertions.map(\.id)
                )
            )
        } catch {
            self = .refused(error.code, outward: error.outward.code)
        }
    }

    /// What comes of `message` as a stream that arrives in chunks of `chunkSize` octets; nothing else may be left behind.
    init(streamed message: [UInt8], _ policy: InboundPolicy, chunkSize: Int) throws(BrokenPromise) {
        var rest = message[...]
        let next: () -> [UInt8]? = {
            defer { rest = rest.dropFirst(chunkSize) }
            return rest.isEmpty ? nil : Array(rest.prefix(chunkSize))
        }
        let folder = StreamFolder()
        do {
            let result = try MessageProcessor(policy: policy, keys: FuzzKeys.trusted)
                .process(chunks: next, to: folder.output, spool: folder.url, receivedAt: FuzzKeys.now)
            self = .accepted(
                Accepted(
                    envelope: try [UInt8](Data(contentsOf: folder.output)),
                    version: result.version,
                    signed: result.signatures.map(\.parts),
                    signers: result.signatures.map(\.signer),
                    decrypted: result.decryptions.map(\.parts),
                    timestamp: result.timestamp,
                    user: result.usernameToken?.name,
                    assertions: result.assertions.map(\.id)
                )
            )
            try promise(folder.names == ["output"], "files were left behind: \(folder.names)")
        } catch LargeMessageError.refused(let fault) {
            self.init(of: fault)
            try promise(folder.names.isEmpty, "a refused message left files behind: \(folder.names)")
        } catch let error as BrokenPromise {
            throw error
        } catch {
            throw BrokenPromise("a file failed: \(error)")
        }
    }
}
