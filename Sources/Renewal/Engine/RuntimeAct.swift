/// Something that the runtime has to do because the journal says that a role claimed it.
enum RuntimeAct: Hashable, Sendable {
    case deploy(flow: String)
    case undeploy(flow: String)
}

extension RenewalState {
    /// What the runtime has still to do; the same again after a restart, nothing once it is done.
    func runtimeActs(for runtime: RuntimeObservation) -> [RuntimeAct] {
        guard !status.isFinal else { return [] }
        return plan.steps.flatMap { step -> [RuntimeAct] in
            guard progress(of: step.id).state == .claimed else { return [] }
            switch step.kind {
            case .undeployFlow:
                return step.flows.filter(runtime.deployedFlows.contains).map { .undeploy(flow: $0) }
            case .deployFlow:
                return step.flows.filter { !runtime.deployedFlows.contains($0) }.map { .deploy(flow: $0) }
            default: return []
            }
        }
    }
}
