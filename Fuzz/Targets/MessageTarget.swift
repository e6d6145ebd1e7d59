import FoundationEssentials
import TestSupport
package import WSSecurity
import XML

extension FuzzTarget {
    static let message = FuzzTarget(
        "message",
        "processes a whole message under several policies; nothing is accepted as signed that no vector's key signed"
    ) { (input) throws(BrokenPromise) in
        for policy in Policies.permissive { _ = result(of: input, policy) }
        guard let result = result(of: input, Policies.signed) else { return }
        try promise(result.timestamp != nil, "accepted without a timestamp")
        try promise(signedBodies.contains(result.body), "a body that nobody signed: \(result.body.count) octets")
    }

    /// What the fixed keys signed in the vectors: whatever else is accepted is a forgery.
    private static let signedBodies: Set<[UInt8]> = {
        let folders = ["attacks", "generated"]
        let files = folders.flatMap { folder in
            (try? Vectors.rows(folder + "/INDEX.tsv"))?.compactMap { $0.first.map { folder + "/" + $0 } } ?? []
        }
        let bodies = files.compactMap { file in
            (try? Vectors.octets(file)).flatMap { result(of: $0, Policies.signed)?.body }
        }
        return Set(bodies)
    }()

    /// What processing hands on; `nil` when it refuses.
    static func result(of message: [UInt8], _ policy: InboundPolicy) -> ProcessedMessage? {
        do throws(SecurityFault) {
            return try MessageProcessor(policy: policy, keys: FuzzKeys.trusted)
                .process(message, receivedAt: FuzzKeys.now)
        } catch {
            _ = error.description + error.outward.text
            return nil
        }
    }
}

/// The policies of the targets; none minds when a message was made.
package enum Policies {
    static let signed = policy(signed: [.body, .timestamp], encrypted: [])

    /// The content of Body must be encrypted, by any cipher.
    package static let encrypted = policy(signed: [], encrypted: [.body])

    static let permissive = [policy(signed: [], encrypted: []), encrypted]

    /// Everything is allowed, so that an input gets as far as it can.
    private static func policy(signed: Set<MessagePart>, encrypted: Set<MessagePart>) -> InboundPolicy {
        var policy = InboundPolicy(
            signed: signed,
            encrypted: encrypted,
            requiresTimestamp: !signed.isEmpty,
            maximumAge: .seconds(1_000_000_000),
            clockSkew: .seconds(1_000_000_000)
        )
        policy.encryptionAlgorithms.formUnion([.aes192GCM, .aes128CBC, .aes192CBC, .aes256CBC])
        policy.digestAlgorithms.insert(.sha1)
        policy.signatureAlgorithms.insert(.rsaSHA1)
        policy.keyTransports.insert(.rsa15)
        policy.limits.xml = .fuzzing
        return policy
    }
}
