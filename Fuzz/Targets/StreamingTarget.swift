import Cryptography
import FoundationEssentials
import WSSecurity
import XML

extension FuzzTarget {
    static let streaming = FuzzTarget(
        "streaming",
        "processes a message that arrives in chunks under several policies; it comes to the same as in memory"
    ) { (input) throws(BrokenPromise) in
        for policy in Policies.streamed { try checkSame(input, policy) }
    }

    static let streamedPlaintext = FuzzTarget(
        "streamed-plaintext",
        "decrypts from file to file a message whose Body holds the input; it comes to the same as in memory"
    ) { (input) throws(BrokenPromise) in
        guard let ciphertext = try? sealing.sealed(input) else { throw BrokenPromise("the input cannot be encrypted") }
        try checkSame(sealing.message(ciphertext), Policies.streamed[1])
    }

    static let streamedProtection = FuzzTarget(
        "streamed-protection",
        "protects the input from file to file; it is refused as in memory, or says the same when it is processed"
    ) { (input) throws(BrokenPromise) in
        for protection in protections {
            let expected = inMemory(input, protection)
            switch (try streamed(input, protection), expected) {
            case (.success(let actual), .success(let expected)):
                let policy = Policies.streamed[0]
                try promise(result(of: actual, policy)?.body == result(of: expected, policy)?.body, "another Body")
            case (.failure(let actual), .failure(let expected)):
                let outcome = StreamedOutcome(of: actual)
                try promise(
                    outcome == .unservable || outcome == StreamedOutcome(of: expected),
                    "as a stream \(actual), in memory \(expected)"
                )
            case (.failure(let actual), .success):
                try promise(StreamedOutcome(of: actual) == .unservable, "refused as a stream alone: \(actual)")
            case (.success, .failure(let expected)):
                throw BrokenPromise("refused in memory alone: \(expected)")
            }
        }
    }

    /// What a stream serves comes to the same as in memory.
    private static func checkSame(_ message: [UInt8], _ policy: InboundPolicy) throws(BrokenPromise) {
        let chunkSize = 1 + message.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % 4096
        let actual = try StreamedOutcome(streamed: message, policy, chunkSize: chunkSize)
        let expected = StreamedOutcome(inMemory: message, policy)
        try promise(actual == .unservable || actual == expected, "as a stream \(actual), in memory \(expected)")
    }

    private static func inMemory(
        _ envelope: [UInt8],
        _ protection: OutboundProtection
    ) -> Result<[UInt8], SecurityFault> {
        do throws(SecurityFault) {
            return .success(try MessageProtector(protection).protect(envelope, now: FuzzKeys.now))
        } catch {
            return .failure(error)
        }
    }

    private static func streamed(
        _ envelope: [UInt8],
        _ protection: OutboundProtection
    ) throws(BrokenPromise) -> Result<[UInt8], SecurityFault> {
        let folder = StreamFolder()
        let input = folder.url.appending(path: "input")
        do {
            try Data(envelope).write(to: input)
            try MessageProtector(protection)
                .protect(contentsOf: input, to: folder.output, spool: folder.url, now: FuzzKeys.now)
            return .success(try [UInt8](Data(contentsOf: folder.output)))
        } catch LargeMessageError.refused(let fault) {
            return .failure(fault)
        } catch {
            throw BrokenPromise("a file failed: \(error)")
        }
    }

    private static let sealing = SealedContent(by: .aes256CBC)

    private static let protections = [
        OutboundProtection(signature: (SignatureSettings(), FuzzKeys.curve)),
        OutboundProtection(
            signature: (SignatureSettings(), FuzzKeys.curve),
            encryption: (EncryptionSettings(), FuzzKeys.recipient.certificate),
            order: .encryptThenSign
        ),
    ]
}

extension Policies {
    /// Without the limits that a stream has not: it counts no nodes.
    static let streamed = ([signed, encrypted] + permissive.prefix(1))
        .map { policy in
            var policy = policy
            policy.limits.xml.nodeCount = XMLLimits.standard.nodeCount
            return policy
        }
}
