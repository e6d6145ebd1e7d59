/// Something that the runtime has to do because the journal says that a role claimed it.
enum RuntimeAct: Hashable, Sendable {
    case deploy(flow: String)
    case undeploy(flow: String)
    case probe(Probe)
    case hold(flow: String)
}

/// The runtime could not do what it was asked; it is asked again at the next tick.
package struct RuntimeFault: Error, CustomStringConvertible {
    let act: RuntimeAct
    let cause: any Error

    /// The act and its cause.
    package var description: String { "the runtime could not \(act): \(cause)" }
}

extension RuntimeAct: CustomStringConvertible {
    var description: String {
        switch self {
        case .deploy(let flow): "deploy the flow \(flow)"
        case .undeploy(let flow): "undeploy the flow \(flow)"
        case .probe(let probe): "send the probe \(probe.name) on the flow \(probe.flow)"
        case .hold(let flow): "hold the flow \(flow)"
        }
    }
}

extension RenewalState {
    /// What the runtime has still to do; the same again after a restart, nothing once it is done.
    func runtimeActs(for runtime: RuntimeObservation) -> [RuntimeAct] {
        guard !isOver else { return restoringActs(for: runtime) }
        let pending = probes.filter { $0.finding == nil && $0.probe.way == .message }.map { RuntimeAct.probe($0.probe) }
        return pending + restoringActs(for: runtime)
            + plan.steps.flatMap { step -> [RuntimeAct] in
                guard progress(of: step.id).state == .claimed else { return [] }
                switch step.kind {
                case .undeployFlow:
                    return step.flows.filter(runtime.deployedFlows.contains)
                        .map { isHeld($0, in: step) ? .hold(flow: $0) : .undeploy(flow: $0) }
                case .deployFlow:
                    return step.flows.filter { !runtime.deployedFlows.contains($0) }.map { .deploy(flow: $0) }
                default: return []
                }
            }
    }

    /// The flows that a downtime keeps undeployed: undeployed by a step, and not yet to be deployed again.
    var flowsKeptUndeployed: Set<String> {
        guard !isOver else { return [] }
        let begun = { (step: PlannedStep) in ![.waiting, .open].contains(progress(of: step.id).state) }
        let stopped = steps(.undeployFlow).filter(begun).flatMap(\.flows)
        return Set(stopped).subtracting(steps(.deployFlow).filter(begun).flatMap(\.flows))
    }
}
