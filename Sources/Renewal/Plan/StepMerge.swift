import Keystore

/// Joins the procedures of several tracks into one list of steps: what is one act is one step.
///
/// Steps are nodes of a graph whose edges say what comes before what. A step that another track already has is joined;
/// where joining would make a circle, the earlier place stands.
struct StepMerge {
    private struct Node {
        let key: String
        let template: StepTemplate
        let by: Party
        let to: Party?
        var tracks: [Int]
        var flows: [String]
        var before: [Int] = []
    }

    private let tenant: String
    private let tracks: [RenewalTrack]
    private let choices: PlanChoices
    private var nodes: [Node] = []
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
            if let previous, previous != node, !precedes(node, previous) {
                link(previous, before: node)
                note(template, node: node, after: previous, variant: procedure.variant)
                // A node that already comes earlier keeps its place; the chain goes on from where it was.
            } else if let previous, precedes(node, previous) {
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
        for stop in stops { for ready in readiness where !precedes(stop, ready) { link(ready, before: stop) } }
        let leaves = nodes.indices.filter { index in !nodes.contains { $0.before.contains(index) } }
        for (position, template) in ending.enumerated() {
            let before = position == 0 ? leaves : [nodes.count - 1]
            let by = party(template.role, tracks.first)
            let all = Array(tracks.indices)
            nodes.append(
                Node(
                    key: template.kind.slug,
                    template: template,
                    by: by,
                    to: nil,
                    tracks: all,
                    flows: [],
                    before: before
                )
            )
        }
        return planned(order: order())
    }

    /// Partners that move in an order: each after the one before it, and so does its traffic stop, which may be what shows
    /// that the one before it moved.
    private mutating func linkOrder() {
        for (former, partner) in zip(choices.order, choices.order.dropFirst()) {
            guard let earlier = nodes.firstIndex(where: { $0.key == Self.moveKey(of: former) }) else { continue }
            for node in nodes.indices where isMoveOrStop(node, of: partner) && !precedes(node, earlier) {
                link(earlier, before: node)
            }
        }
    }

    private func isMoveOrStop(_ node: Int, of partner: PartnerID) -> Bool {
        if nodes[node].key == Self.moveKey(of: partner) { return true }
        return nodes[node].template.entry == .downtimeBegun
            && nodes[node].tracks.contains { tracks[$0].partner == partner }
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
        if let found = nodes.firstIndex(where: { $0.key == key }) {
            if !nodes[found].tracks.contains(track) { nodes[found].tracks.append(track) }
            nodes[found].flows = Set(nodes[found].flows + subject.flows).sorted()
            return found
        }
        let by = party(template.role, subject)
        let to = template.addressee.map { party($0, subject) }
        nodes.append(Node(key: key, template: template, by: by, to: to, tracks: [track], flows: subject.flows))
        return nodes.count - 1
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

    private mutating func link(_ earlier: Int, before later: Int) {
        if !nodes[later].before.contains(earlier) { nodes[later].before.append(earlier) }
    }

    /// Whether `earlier` comes before `later` by the edges so far.
    private func precedes(_ earlier: Int, _ later: Int) -> Bool {
        var pending = [later]
        var seen: Set<Int> = []
        while let node = pending.popLast() {
            guard seen.insert(node).inserted else { continue }
            if nodes[node].before.contains(earlier) { return true }
            pending += nodes[node].before
        }
        return false
    }

    /// The nodes, each after those before it, otherwise in the order in which they were added.
    private func order() -> [Int] {
        var order: [Int] = []
        while order.count < nodes.count {
            let next = nodes.indices.first { node in
                !order.contains(node) && nodes[node].before.allSatisfy(order.contains)
            }
            guard let next else { break }
            order.append(next)
        }
        return order
    }

    private func planned(order: [Int]) -> [PlannedStep] {
        let names = names(order)
        return order.map { index in
            let node = nodes[index]
            return PlannedStep(
                id: names[index] ?? StepID(rawValue: node.key),
                kind: node.template.kind,
                by: node.by,
                to: node.to,
                title: node.template.title,
                needs: node.template.needs,
                offers: node.template.offers,
                entry: node.template.entry,
                proof: node.template.proof,
                opensAfter: node.before.sorted().compactMap { names[$0] },
                tracks: node.tracks,
                flows: node.flows
            )
        }
    }

    private func names(_ order: [Int]) -> [Int: StepID] {
        var names: [Int: StepID] = [:]
        for (position, index) in order.enumerated() {
            names[index] = StepID(rawValue: "\(position + 1)-\(nodes[index].template.kind.slug)")
        }
        return names
    }
}
