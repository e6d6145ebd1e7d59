import Keystore

/// Joins the procedures of several tracks into one list of steps: what is one act is one step.
///
/// A step that another track already has is joined; where joining would make a circle, the earlier place stands.
struct StepMerge {
    private let tenant: String
    private let tracks: [RenewalTrack]
    private let choices: PlanChoices
    private var graph = StepGraph()
    private var readiness: [Int] = []
    private var stops: [Int] = []

    init(tenant: String, tracks: [RenewalTrack], choices: PlanChoices = PlanChoices()) {
        self.tenant = tenant
        self.choices = choices
        self.tracks = tracks
    }

    /// Adds one track's procedure.
    mutating func add(_ procedure: Procedure, of track: Int) {
        var previous: Int?
        for (position, template) in procedure.steps.enumerated() {
            let node = join(template, at: position, of: procedure, track: track)
            if let previous, previous != node, !graph.precedes(node, previous) {
                graph.link(previous, before: node)
                note(template, node: node, after: previous, variant: procedure.variant)
                // A node that already comes earlier keeps its place; the chain goes on from where it was.
            } else if let previous, graph.precedes(node, previous) {
                continue
            }
            previous = node
        }
    }

    /// Every step in an order that respects what comes before what, then the steps that every renewal ends with.
    mutating func steps(ending: [StepTemplate]) -> [PlannedStep] {
        linkOrder()
        // Where each partner moves by itself, no downtime waits for anybody else.
        if choices.isPerPartner { stops = [] }
        for stop in stops {
            for ready in readiness where !graph.precedes(stop, ready) { graph.link(ready, before: stop) }
        }
        var before = graph.leaves
        for template in ending {
            let node = StepGraph.Node(
                key: template.kind.slug,
                template: template,
                by: party(template.role, tracks.first),
                to: nil,
                tracks: Array(tracks.indices),
                flows: [],
                before: before
            )
            before = [graph.add(node)]
        }
        return graph.steps()
    }

    /// Partners that move in an order: each after the one before it, and so does its traffic stop, which may be what shows
    /// that the one before it moved.
    private mutating func linkOrder() {
        for (former, partner) in zip(choices.order, choices.order.dropFirst()) {
            guard let earlier = graph.index(of: Self.moveKey(of: former)) else { continue }
            for (index, node) in graph.nodes.enumerated()
            where isMoveOrStop(node, of: partner) && !graph.precedes(index, earlier) {
                graph.link(earlier, before: index)
            }
        }
    }

    private func isMoveOrStop(_ node: StepGraph.Node, of partner: PartnerID) -> Bool {
        if node.key == Self.moveKey(of: partner) { return true }
        return node.template.entry == .downtimeBegun && node.tracks.contains { tracks[$0].partner == partner }
    }

    private static func moveKey(of partner: PartnerID) -> String { "\(StepKind.exchange.slug) \(partner)" }

    /// In a plan with both variants, the downtime begins when the dual partners are ready, not before.
    private mutating func note(_ template: StepTemplate, node: Int, after previous: Int, variant: Variant) {
        if variant == .dual, template.kind == .exchange { readiness.append(previous) }
        if template.entry == .downtimeBegun { stops.append(node) }
    }

    private mutating func join(_ template: StepTemplate, at position: Int, of procedure: Procedure, track: Int) -> Int {
        let subject = tracks[track]
        let key = key(of: template, at: position, of: procedure, subject)
        if let found = graph.index(of: key) {
            graph.join(track, on: subject.flows, to: found)
            return found
        }
        let by = party(template.role, subject)
        let to = template.addressee.map { party($0, subject) }
        return graph.add(
            StepGraph.Node(key: key, template: template, by: by, to: to, tracks: [track], flows: subject.flows)
        )
    }

    /// Steps with the same key are one act.
    private func key(
        of template: StepTemplate,
        at position: Int,
        of procedure: Procedure,
        _ track: RenewalTrack
    ) -> String {
        let slug = template.kind.slug
        let flows = track.flows.joined(separator: ",")
        switch (template.kind, template.role) {
        case (.exchange, _) where choices.isPerPartner && track.useCase.purpose == .sign:
            return Self.moveKey(of: track.partner)
        case (.protectTwice, _): return "\(slug) \(track.partner)"
        case (.createKeyPair, _), (.exchange, _), (.addToKeystore, _), (.removeOld, .tenantAdministrator):
            return slug
        case (.provideCertificate, _), (.agreeDowntime, _), (.stopSending, _), (.startSending, _):
            return "\(slug) \(track.partner)"
        case (.undeployFlow, _), (.deployFlow, _), (.drain, _):
            return "\(slug) \(flows)"
        case (.inform, .integrationDeveloper):
            return "\(slug) undeployed \(flows)"
        case (.inform, _) where template.addressee == .integrationDeveloper:
            return "\(slug) \(beforeExchange(position, procedure) ? "undeploy" : "redeploy") \(flows)"
        case (.inform, _):
            return "\(slug) \(track.partner) \(procedure.variant == .only ? "use" : "exchanged")"
        default:
            return "\(slug) \(track.partner) \(track.useCase.rawValue) \(position)"
        }
    }

    private func beforeExchange(_ position: Int, _ procedure: Procedure) -> Bool {
        procedure.steps.firstIndex { $0.kind == .exchange }.map { position < $0 } ?? false
    }

    private func party(_ role: ProcedureRole, _ track: RenewalTrack?) -> Party {
        switch role {
        case .partner: track?.administrator ?? Party(role: .tenantAdministrator, organisation: tenant)
        case .tenantAdministrator: Party(role: .tenantAdministrator, organisation: tenant)
        case .integrationDeveloper: Party(role: .integrationDeveloper, organisation: tenant)
        }
    }
}
