import Keystore
import ManagementAPI
import Renewal

extension PartnerResource {
    /// A partner with what decides about each of its parts: the registry's entry, else the configuration's word.
    init(_ partner: PartnerRegistry.Partner, _ records: [CapabilityRecord]) {
        self.init(id: partner.id.rawValue, keys: partner.keys.rawValue, role: partner.role.rawValue)
        capabilities = PartnerPart.allCases.map { part in
            records.current(of: partner.id, part).map(CapabilityResource.init)
                ?? CapabilityResource(
                    partner: partner.id.rawValue,
                    part: part.rawValue,
                    standing: partner.keys.standing.rawValue,
                    source: "configuration",
                    detail: "",
                    actor: nil,
                    at: nil
                )
        }
    }
}

extension CapabilityResource {
    init(_ record: CapabilityRecord) {
        self.init(
            partner: record.partner.rawValue,
            part: record.part.rawValue,
            standing: record.standing.rawValue,
            source: record.source.rawValue,
            detail: record.detail,
            actor: record.actor,
            at: record.at
        )
    }
}
