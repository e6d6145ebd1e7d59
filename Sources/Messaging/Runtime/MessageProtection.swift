import FoundationEssentials
import Keystore
import WSSecurity

/// Protects what leaves by one end of a flow, with the versions that are active at that moment (late binding).
struct MessageProtection {
    let context: RuntimeContext
    let flow: FlowID
    let partner: PartnerID
    let side: ChannelSide
    let protection: ChannelProtection

    /// A protected message and the key versions it was protected with.
    struct Outcome {
        let octets: [UInt8]
        let uses: [OpenOperation.Protection]
        /// When the versions were chosen.
        let protectedAt: Date
    }

    /// Protects an envelope.
    ///
    /// The versions are open operations of `exchange` before they are used. Throws `KeystoreError` when a key cannot be
    /// used, `SecurityFault` when the message cannot be protected.
    func protect(_ envelope: [UInt8], in exchange: ExchangePass) async throws -> Outcome {
        for _ in 0..<Self.attemptLimit {
            let snapshot = context.keyring.snapshot
            let now = context.now
            let (outbound, uses) = try resolve(snapshot, now)
            guard !uses.isEmpty else {
                guard outbound.usernameToken != nil else {
                    return Outcome(octets: envelope, uses: [], protectedAt: now)
                }
                let octets = try MessageProtector(outbound).protect(envelope, now: now)
                return Outcome(octets: octets, uses: [], protectedAt: now)
            }
            let operations = uses.map { OpenOperation(flow: flow, side: side, protection: $0) }
            if try await exchange.begin(operations), context.keyring.snapshot.generation == snapshot.generation {
                let octets = try MessageProtector(outbound).protect(envelope, now: now)
                return Outcome(octets: octets, uses: uses, protectedAt: now)
            }
            // The keyset changed between choosing and beginning: choose again from the new one.
            try await context.keyring.refresh()
        }
        throw SecurityFault(.cannotProtect, "the keyset kept changing; send the message again")
    }

    /// Records how the message fared with the partner; the uses are of the moment at which it was protected.
    func record(_ outcome: Outcome, _ end: KeyUse.Outcome) {
        for use in outcome.uses {
            let account = KeyUse.Account(
                version: use.version,
                purpose: use.purpose,
                flow: flow,
                partner: partner,
                side: side,
                outcome: end
            )
            context.ledger.record(KeyUse(account: account, at: outcome.protectedAt))
        }
    }

    private static let attemptLimit = 8

    private func resolve(
        _ snapshot: KeyringSnapshot,
        _ now: Date
    ) throws -> (OutboundProtection, [OpenOperation.Protection]) {
        var outbound = OutboundProtection(order: protection.order, timestampLifetime: protection.timestampLifetime)
        outbound.layout = protection.layout
        outbound.usernameToken = try user()
        var uses: [OpenOperation.Protection] = []
        if let alias = protection.sign {
            let signing = try snapshot.signingCredential(alias, at: now)
            let credential = SigningCredential(key: signing.key, certificate: signing.certificate, chain: signing.chain)
            outbound.signature = (protection.signature, credential)
            uses.append(OpenOperation.Protection(version: signing.id, purpose: .sign))
        }
        if let alias = protection.encrypt {
            let recipient = try snapshot.recipient(alias, at: now)
            outbound.encryption = (protection.encryption, recipient.certificate)
            uses.append(OpenOperation.Protection(version: recipient.id, purpose: .encrypt))
        }
        return (outbound, uses)
    }

    /// The user's token; throws `cannotProtect` when the tenant's configuration does not have the credential.
    private func user() throws(SecurityFault) -> UsernameCredential? {
        guard let user = protection.user else { return nil }
        guard let password = context.configuration.credentials[user.credential] else {
            throw SecurityFault(
                .cannotProtect,
                "the flow's usernameToken names the credential \(user.credential), which the configuration does not have"
            )
        }
        return UsernameCredential(
            name: password.name,
            password: password,
            form: user.password,
            includesNonce: user.hasNonce,
            includesCreated: user.hasCreated
        )
    }
}
