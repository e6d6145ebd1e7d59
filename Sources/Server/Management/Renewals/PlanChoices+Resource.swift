import Keystore
import ManagementAPI
import Renewal

extension PlanChoices {
    /// Reads choices; throws `KeystoreError` for a name that is none, a refusal for a wait that there is not.
    init(_ resource: PlanChoicesResource?) throws {
        guard let resource else {
            self.init()
            return
        }
        self.init(
            single: Set(try (resource.single ?? []).map { try PartnerID($0) }),
            held: Set(resource.held ?? []),
            isPerPartner: resource.perPartner ?? false,
            order: try (resource.order ?? []).map { try PartnerID($0) },
            doubled: Set(try (resource.doubled ?? []).map { try PartnerID($0) }),
            waits: try PlanWaits(resource.waits ?? [:])
        )
    }
}

extension PlanWaits {
    fileprivate init(_ waits: [String: Int]) throws(Refusal) {
        self.init()
        for (name, value) in waits {
            guard let path = Self.paths[name] else {
                throw .malformed(
                    "`\(name.prefix(40))` is no wait",
                    remedy: "use \(Self.paths.keys.sorted().joined(separator: ", "))"
                )
            }
            self[keyPath: path] = value
        }
    }

    fileprivate var named: [String: Int] { Self.paths.compactMapValues { self[keyPath: $0] } }

    private static var paths: [String: WritableKeyPath<PlanWaits, Int?>] {
        [
            "safetyMargin": \.safetyMargin, "guaranteedDelivery": \.guaranteedDelivery, "silence": \.silence,
            "applyTime": \.applyTime, "retentionDays": \.retentionDays, "minimumMessages": \.minimumMessages,
        ]
    }
}

extension PlanChoicesResource {
    /// Choices as they are shown; `nil` when nothing was decided.
    init?(_ choices: PlanChoices) {
        guard choices != PlanChoices() else { return nil }
        self.init()
        let names = { (partners: Set<PartnerID>) in partners.isEmpty ? nil : partners.map(\.rawValue).sorted() }
        single = names(choices.single)
        doubled = names(choices.doubled)
        held = choices.held.isEmpty ? nil : choices.held.sorted()
        perPartner = choices.isPerPartner ? true : nil
        order = choices.order.isEmpty ? nil : choices.order.map(\.rawValue)
        waits = choices.waits == PlanWaits() ? nil : choices.waits.named
    }
}
