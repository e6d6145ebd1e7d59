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
    /// The values of the request's signatures, which a response may have to confirm.
    var confirming: [[UInt8]] = []
    /// The SAML assertion of the request, as it arrived.
    var forwarding: [UInt8]?
    /// What lets a message of a named trial be protected with a staged version.
    var permit: ProbePermit?

    /// A protected message and the key versions it was protected with.
    struct Outcome {
        let message: MessageEntity
        let uses: [OpenOperation.Protection]
        /// When the versions were chosen.
        let protectedAt: Date
        /// What the answer may have to confirm.
        let signatureValues: [[UInt8]]
    }

    /// Protects an envelope.
    ///
    /// The versions are open operations of `exchange` before they are used. Throws `KeystoreError` when a key cannot be
    /// used, `SecurityFault` when the message cannot be protected, ``MIMEError`` when its attachments would look protected.
    func protect(_ message: MessageEntity, in exchange: ExchangePass) async throws -> Outcome {
        if message.frame != nil { try AttachmentRules(protected: protection.parts).check(message.envelope.octets()) }
        for _ in 0..<Self.attemptLimit {
            let snapshot = context.keyring.snapshot
            let now = context.now
            let (outbound, uses) = try resolve(snapshot, now)
            guard !uses.isEmpty else {
                guard outbound.usernameToken != nil || outbound.assertion != nil else {
                    return Outcome(message: message, uses: [], protectedAt: now, signatureValues: [])
                }
                return try await protected(message, outbound, [], now)
            }
            let operations = uses.map { OpenOperation(flow: flow, side: side, protection: $0) }
            if try await exchange.begin(operations, permit: permit),
                context.keyring.snapshot.generation == snapshot.generation
            {
                return try await protected(message, outbound, uses, now)
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
            context.record(KeyUse(account: account, at: outcome.protectedAt))
        }
    }

    private static let attemptLimit = 8

    private func protected(
        _ message: MessageEntity,
        _ outbound: OutboundProtection,
        _ uses: [OpenOperation.Protection],
        _ now: Date
    ) async throws -> Outcome {
        let work = LargeMessages(spool: context.configuration.payloads.spoolFolder, parts: { protection.parts })
        let result = try await context.timed {
            try await work.protect(message.envelope, by: MessageProtector(outbound), at: now)
        }
        return Outcome(
            message: MessageEntity(envelope: result.envelope, frame: message.frame),
            uses: uses,
            protectedAt: now,
            signatureValues: result.signatureValues
        )
    }

    private func resolve(
        _ snapshot: KeyringSnapshot,
        _ now: Date
    ) throws -> (OutboundProtection, [OpenOperation.Protection]) {
        var outbound = OutboundProtection(order: protection.order, timestampLifetime: protection.timestampLifetime)
        outbound.layout = protection.layout
        outbound.actor = protection.actor
        outbound.usernameToken = try user()
        outbound.assertion = try assertion()
        if protection.confirmsSignatures { outbound.confirmations = confirming }
        var uses: [OpenOperation.Protection] = []
        let credential = { (alias: KeyAlias) throws in
            let signing = try snapshot.signingCredential(alias, for: partner, at: now, permit: permit)
            uses.append(OpenOperation.Protection(version: signing.id, purpose: .sign, partner: partner))
            return SigningCredential(key: signing.key, certificate: signing.certificate, chain: signing.chain)
        }
        // A message of a trial shows what the version on trial does alone.
        let hasSecond = { (alias: KeyAlias) in permit?.version.alias != alias }
        let second = { (alias: KeyAlias) throws -> SigningCredential? in
            guard hasSecond(alias), let signing = try snapshot.secondCredential(alias, for: partner, at: now)
            else { return nil }
            uses.append(OpenOperation.Protection(version: signing.id, purpose: .sign, partner: partner))
            return SigningCredential(key: signing.key, certificate: signing.certificate, chain: signing.chain)
        }
        if let alias = protection.sign {
            var settings = protection.signature
            // A request that need not bring an assertion may have none to forward.
            if outbound.assertion == nil { settings.parts.removeAll { $0 == .samlAssertion } }
            outbound.signature = (settings, try credential(alias))
            if let second = try second(alias) { outbound.furtherSignatures.append((settings, second)) }
        }
        for alias in protection.endorse {
            outbound.furtherSignatures.append((protection.endorsement, try credential(alias)))
            if let second = try second(alias) { outbound.furtherSignatures.append((protection.endorsement, second)) }
        }
        if let alias = protection.encrypt {
            let recipient = try snapshot.recipient(alias, for: partner, at: now, permit: permit)
            outbound.encryption = (protection.encryption, recipient.certificate)
            if outbound.assertion == nil {
                outbound.encryption?.settings.parts.removeAll { $0 == .samlAssertion }
                outbound.encryption?.settings.wholeParts.remove(.samlAssertion)
            }
            uses.append(OpenOperation.Protection(version: recipient.id, purpose: .encrypt, partner: partner))
            if hasSecond(alias), let second = try snapshot.secondRecipient(alias, for: partner, at: now) {
                outbound.furtherRecipients.append(second.certificate)
                uses.append(OpenOperation.Protection(version: second.id, purpose: .encrypt, partner: partner))
            }
        }
        return (outbound, uses)
    }

    /// The SAML assertion; throws `cannotProtect` when the configuration's file does not hold one.
    private func assertion() throws(SecurityFault) -> SAMLToken? {
        switch protection.assertion {
        case nil: return nil
        case .ofRequest: return try forwarding.map { octets throws(SecurityFault) in try SAMLToken(octets) }
        case .configured(let name):
            guard let path = context.configuration.assertions[name],
                let file = FileManager.default.contents(atPath: path)
            else {
                let cause = "the assertion \(name) cannot be read: write its file, readable by the tenant"
                throw SecurityFault(.cannotProtect, cause)
            }
            do throws(SecurityFault) {
                return try SAMLToken(Array(file))
            } catch {
                throw SecurityFault(.cannotProtect, "the file of the assertion \(name) is wrong: \(error.cause)")
            }
        }
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

extension ChannelProtection {
    /// The parts that are signed or encrypted.
    fileprivate var parts: Set<MessagePart> {
        var parts: Set<MessagePart> = []
        if sign != nil { parts.formUnion(signature.parts) }
        if !endorse.isEmpty { parts.formUnion(endorsement.parts) }
        if encrypt != nil { parts.formUnion(Set(encryption.parts).union(encryption.wholeParts)) }
        return parts
    }
}
