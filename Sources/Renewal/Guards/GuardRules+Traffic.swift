import FoundationEssentials

extension GuardRules {
    /// The runtime's own state: every flow is undeployed and nothing is under way on it.
    func flowsStopped(_ flows: [GuardFacts.FlowFacts]) -> GuardVerdict {
        for flow in flows {
            guard !flow.isDeployed else {
                return .missing("The flow \(flow.flow) is deployed.", remedy: "Undeploy \(flow.flow).")
            }
            guard flow.openOperations == 0 else { return underWay(flow) }
        }
        return .satisfied(.observed, "Undeployed, nothing under way: \(flows.map(\.held).joined(separator: ", ")).")
    }

    /// The runtime's own state: every flow serves.
    func flowServing(_ facts: GuardFacts) -> GuardVerdict {
        for flow in facts.flows where !flow.isServing {
            return .missing("The flow \(flow.flow) is undeployed.", remedy: "Deploy \(flow.flow).")
        }
        return .satisfied(.observed, "Deployed: \(facts.flows.map(\.flow).joined(separator: ", ")).")
    }

    /// No message arrived since the claim, for as long as a silence must last.
    func silence(_ facts: GuardFacts) -> GuardVerdict {
        guard let claimed = facts.claimedAt else {
            return .missing("The sender has not said that it stopped.", remedy: "Its administrator has to claim it.")
        }
        for flow in facts.flows {
            let last = max(claimed, flow.lastArrival ?? claimed)
            let quiet = last.advanced(by: settings.silence)
            guard facts.now >= quiet else {
                return .early("The last sign of a message on \(flow.flow) is of \(last.inWords)", until: quiet)
            }
        }
        return .satisfied(.observed, "Nothing arrived for \(settings.silence.inWords): \(facts.flows.names).")
    }

    /// No message that the old version protects is left: nothing under way or stored, nothing arrived since the stop.
    func drained(_ facts: GuardFacts) -> GuardVerdict {
        let drained = flowsDrained(facts.flows, at: facts.now)
        guard drained.isSatisfied else { return drained }
        guard facts.oldInTransit == 0 else { return oldUnderWay(facts) }
        return drained
    }

    /// Nothing is under way on flows whose sender stopped, and nothing arrived since.
    func flowsDrained(_ flows: [GuardFacts.FlowFacts], at now: Date) -> GuardVerdict {
        for flow in flows {
            guard flow.openOperations == 0 else { return underWay(flow) }
            guard let stopped = flow.stoppedAt else {
                return .missing("The sender of \(flow.flow) has not stopped.", remedy: "Have it stop sending first.")
            }
            guard let last = flow.lastArrival, last > stopped else { continue }
            let quiet = last.advanced(by: settings.silence)
            guard now >= quiet else {
                return .early("A message arrived on \(flow.flow) at \(last.inWords), after the stop", until: quiet)
            }
        }
        return .satisfied(.observed, "Nothing under way, nothing arrived since the stop: \(flows.names).")
    }

    /// Messages arrive again.
    func trafficResumed(_ facts: GuardFacts) -> GuardVerdict {
        let claimed = facts.claimedAt ?? facts.now
        for flow in facts.flows where (flow.lastArrival ?? .distantPast) < claimed {
            return .missing(
                "No message has arrived on \(flow.flow) since \(claimed.inWords).",
                remedy: "Have the sender send; without traffic, two persons may accept the step."
            )
        }
        return .satisfied(.observed, "Messages arrive again: \(facts.flows.names).")
    }

    func oldUnderWay(_ facts: GuardFacts) -> GuardVerdict {
        .missing(
            "\(facts.oldInTransit) message(s) of the old key are still in the system.",
            remedy: "Wait until they are delivered or ended."
        )
    }

    private func underWay(_ flow: GuardFacts.FlowFacts) -> GuardVerdict {
        .missing(
            "\(flow.openOperations) message(s) are under way on \(flow.flow).",
            remedy: "Wait until they have ended."
        )
    }
}

extension [GuardFacts.FlowFacts] {
    fileprivate var names: String { map(\.flow).joined(separator: ", ") }
}

extension GuardFacts.FlowFacts {
    fileprivate var held: String { undelivered == 0 ? flow : "\(flow) (\(undelivered) stored messages wait)" }
}
