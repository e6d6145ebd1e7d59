import Keystore
import Logging
import WSSecurity

extension RuntimeContext {
    /// Logs the true cause of a security fault, of which the peer is told nothing.
    func logRefusal(of what: String, _ fault: SecurityFault, flow: FlowID, partner: PartnerID) {
        count(.security(fault.code), on: flow, side: what == "request" ? .sender : .receiver, reason: "\(fault.cause)")
        logger.warning(
            "Message refused",
            metadata: [
                "message.kind": "\(what)", "flow.id": "\(flow)", "partner.id": "\(partner)",
                "fault.code": "\(fault.code.rawValue)", "fault.cause": "\(fault.cause)",
                "key.hint": "\(fault.hint.map { "\($0)" } ?? "none")",
                "key.versions": "\(versions(named: fault.hint).map { "\($0)" }.joined(separator: ", "))",
            ]
        )
    }

    /// Logs why a message was refused before its security was looked at.
    func logRefusal(ofForm cause: String, flow: IntegrationFlow) {
        count(.form, on: flow.id, side: .sender, reason: cause)
        logger.warning(
            "Message refused",
            metadata: [
                "message.kind": "request", "flow.id": "\(flow.id)", "partner.id": "\(flow.sender.partner)",
                "fault.cause": "\(cause)",
            ]
        )
    }

    /// Logs that a one-way message came again.
    func logDuplicate(flow: IntegrationFlow) {
        logger.notice(
            "Message repeated: answered again, not delivered again",
            metadata: ["flow.id": "\(flow.id)", "partner.id": "\(flow.sender.partner)"]
        )
    }

    /// Logs that a message was turned away because nothing more can be remembered.
    func logFullReplayMemory(flow: IntegrationFlow) {
        logger.error(
            "Message turned away: the flow remembers as many signatures as it may; raise limits.replayCapacity",
            metadata: [
                "flow.id": "\(flow.id)", "partner.id": "\(flow.sender.partner)",
                "replay.capacity": "\(configuration.replayCapacity)",
            ]
        )
    }

    /// Logs why a message did not get through to the receiver.
    func logObstacle(_ answer: ReceiverAnswer, flow: IntegrationFlow) {
        if let code = answer.faultCode { count(code, on: flow.id, side: .receiver, reason: answer.reason) }
        logger.warning(
            "Message not delivered",
            metadata: [
                "flow.id": "\(flow.id)", "partner.id": "\(flow.receiver.partner)", "reason": "\(answer.reason)",
                "key.aliases": "\(flow.receiver.request.aliases.map(\.rawValue).joined(separator: ", "))",
            ]
        )
    }

    /// Logs what went wrong in the tenant itself.
    func logFailure(_ message: Logger.Message, _ error: any Error, flow: FlowID) {
        count(.tenant, on: flow, side: .sender, reason: message.description)
        logger.error(message, metadata: ["flow.id": "\(flow)", "error": "\(error)"])
    }

    /// Logs which private keys could not be tried because they do not open.
    func logFaults(of aliases: [KeyAlias], in snapshot: KeyringSnapshot, flow: FlowID) {
        for fault in snapshot.faults(of: aliases) {
            logger.error(
                "a key that is needed cannot be used",
                metadata: ["flow.id": "\(flow)", "key.version": "\(fault.version)", "error": "\(fault)"]
            )
        }
    }

    /// The versions of the keystore that a hint names, of whatever alias: an operator's clue to a mixed-up key.
    private func versions(named hint: KeyHint?) -> [KeyVersionID] {
        // Before all keys are there, the clue could be wrong.
        guard keyring.isWhole else { return [] }
        let snapshot = keyring.snapshot
        switch hint {
        case .issuerSerial(let issuer, let serial)?: return snapshot.candidates(issuer: issuer, serial: serial)
        case .subjectKeyIdentifier(let octets)?: return snapshot.candidates(subjectKeyIdentifier: octets)
        case .thumbprint(let octets)?: return snapshot.candidates(thumbprint: octets)
        case .certificate(let certificate)?: return snapshot.candidates(thumbprint: certificate.thumbprint)
        case .subject, .publicKey, .keyName, .encryptedKeySHA1, nil: return []
        }
    }
}

extension ChannelProtection {
    fileprivate var aliases: [KeyAlias] { [sign, encrypt].compactMap(\.self) + endorse }
}
