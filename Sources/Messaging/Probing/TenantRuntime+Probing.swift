import Foundation
package import Keystore
import Logging

extension TenantRuntime {
    /// Sends the probe of a flow to its receiver, protected with the staged version that `permit` names.
    ///
    /// The flow's other keys are the active ones. The probe is in ledger and message log like any message. Never throws: what
    /// keeps it from being sent is an inconclusive result.
    package func probe(_ flow: FlowID, under permit: ProbePermit) async -> ProbeResult {
        guard let entry = try? await reading.entry(flow), let probe = entry.flow.receiver.probe else {
            return .inconclusive(status: "the flow \(flow) has no probe")
        }
        guard let era = entry.gate.enter(while: [.deployed]) else {
            return .inconclusive(status: "the flow \(flow) is not deployed")
        }
        let pass = ExchangePass(gate: entry.gate, era: era, ledger: context.ledger)
        defer { pass.end() }
        let messageID = "urn:uuid:\(UUID().uuidString.lowercased())"
        let now = context.now
        let facts = ExchangeFacts(flow: flow, direction: .outbound, trace: .fresh(at: now), startedAt: now)
        facts.note(messageID: messageID)
        let result = await send(probe, messageID, entry.flow, pass, permit, in: context.observing(facts))
        facts.note(result.status)
        log.append(facts.record())
        return result
    }

    private func send(
        _ probe: FlowProbe,
        _ messageID: String,
        _ flow: IntegrationFlow,
        _ pass: ExchangePass,
        _ permit: ProbePermit,
        in context: RuntimeContext
    ) async -> ProbeResult {
        do {
            _ = try await pass.begin([OpenOperation(flow: flow.id, side: .receiver, protection: nil)])
        } catch {
            return .inconclusive(status: "the probe could not be recorded")
        }
        let message = MessageEntity(
            envelope: Payload(probe.envelope(flow.sender.soapVersion, messageID: messageID))
        )
        let exchange = ReceiverExchange(context: context, flow: flow, replays: replays, permit: permit)
        let result = ProbeResult(await exchange.send(message, action: probe.action, in: pass), to: probe)
        context.logger.notice(
            "Key probed",
            metadata: [
                "probe.name": "\(permit.name)", "key.version": "\(permit.version)",
                "partner.id": "\(flow.receiver.partner)", "probe.result": "\(result)",
            ]
        )
        return result
    }
}

extension TenantRuntime {
    /// Lets senders' own stacks try `alias` out on the flows of `offers` and no others; returns which offers were passed.
    package func offerSelfTests(_ offers: Set<SelfTestOffer>, of alias: KeyAlias) -> Set<SelfTestOffer> {
        selfTests.offer(offers, of: alias)
    }
}

extension TenantRuntime {
    /// Protects these shares of messages with a staged version of `alias`, and no others.
    package func setCanaries(_ terms: Set<CanaryTerms>, of alias: KeyAlias) {
        context.canaries.set(terms, of: alias)
    }
}

extension ProbeResult {
    fileprivate var status: ExchangeRecord.Status {
        switch self {
        case .accepted: .completed
        case .refused, .inconclusive: .failed
        }
    }
}
