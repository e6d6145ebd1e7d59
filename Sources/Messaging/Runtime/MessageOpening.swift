import FoundationEssentials
import Keystore
import WSSecurity

/// Verifies and decrypts what arrives at one end of a flow, with the keys that the flow names for that end and no
/// others.
struct MessageOpening {
    let context: RuntimeContext
    let flow: FlowID
    let partner: PartnerID
    let side: ChannelSide
    let policy: ChannelPolicy
    /// Gathers what a replay of the message would be known by; `nil` where the flow does not look for replays.
    var marks: MarkCollector?
    /// The values of our request's signatures, which a response may have to confirm.
    var confirming: [[UInt8]] = []

    /// Processes the message with the keys of this moment; every use of a key version is recorded, failed ones too.
    ///
    /// Throws a `SecurityFault`, a ``MIMEError`` for attachments that are not carried, and a `LargeMessageError` for files.
    func open(_ entity: MessageEntity) async throws -> OpenedMessage {
        if entity.frame != nil { try AttachmentRules.checkArrived(entity.envelope.octets()) }
        let opened = try await opened(entity)
        guard entity.frame != nil else { return opened }
        do {
            try AttachmentRules(protected: policy.parts).check(opened.outline)
        } catch let error as MIMEError where policy.verify.isEmpty && !policy.decrypt.isEmpty {
            // Anyone can have made the ciphertext: what it decrypts to must not show.
            throw SecurityFault(.failedCheck, "\(error)")
        }
        return opened
    }

    private func opened(_ entity: MessageEntity) async throws -> OpenedMessage {
        let snapshot = context.keyring.snapshot
        let now = context.now
        let endorsing = snapshot.accepted(policy.endorse, of: .partner(partner))
        let verifying = snapshot.accepted(policy.verify, of: .partner(partner)) + endorsing
        let decrypting = snapshot.accepted(policy.decrypt, of: .tenant)
        if decrypting.contains(where: { $0.key == nil }) {
            context.logFaults(of: policy.decrypt, in: snapshot, flow: flow)
        }
        let keys = StaticTrustedKeys(
            verifying: verifying.map(\.certificate),
            decrypting: decrypting.compactMap { entry in
                entry.key.map { DecryptionKey(certificate: entry.certificate, key: $0) }
            },
            passwords: policy.users.compactMap { context.configuration.credentials[$0] },
            assertionIssuers: snapshot.accepted(policy.issuers).map(\.certificate)
        )
        var demands = policy.demands
        if !policy.endorse.isEmpty {
            demands.endorsement = EndorsementDemand(by: Set(endorsing.map(\.certificate)), of: policy.endorsed)
        }
        if policy.confirmsSignatures { demands.confirmations = Set(confirming) }
        let processor = MessageProcessor(policy: demands, keys: keys, replayCache: marks)
        let work = LargeMessages(spool: context.configuration.payloads.spoolFolder, parts: { policy.parts })
        do {
            let processed = try await context.timed { try await work.process(entity, by: processor, at: now) }
            for certificate in processed.signatures.compactMap(\.certificate) {
                record(snapshot.id(of: certificate, among: policy.verify + policy.endorse), .verify, .succeeded, now)
            }
            for certificate in processed.assertions.compactMap(\.issuer) {
                record(snapshot.id(of: certificate, among: policy.issuers), .verify, .succeeded, now)
            }
            for certificate in processed.decryptions.compactMap(\.certificate) {
                record(snapshot.id(of: certificate, among: policy.decrypt), .decrypt, .succeeded, now)
            }
            return processed
        } catch let error as SecurityFault {
            // A fault that names a key is counted against that key; its purpose follows from the set that the key is
            // in.
            if let hint = error.hint {
                record(verifying.first { hint.fits($0.certificate) }?.id, .verify, .failed, now)
                record(decrypting.first { hint.fits($0.certificate) }?.id, .decrypt, .failed, now)
            }
            throw error
        }
    }

    private func record(_ version: KeyVersionID?, _ purpose: KeyPurpose, _ outcome: KeyUse.Outcome, _ now: Date) {
        guard let version else { return }
        let account = KeyUse.Account(
            version: version,
            purpose: purpose,
            flow: flow,
            partner: partner,
            side: side,
            outcome: outcome
        )
        context.record(KeyUse(account: account, at: now))
    }
}

extension ChannelPolicy {
    /// The parts that are demanded to be signed or encrypted.
    fileprivate var parts: Set<MessagePart> { demands.signed.union(demands.encrypted).union(endorsed) }
}
