import Keystore
import Renewal
import Server

extension PartnerRegistry.Partner {
    /// Reads `{id: …, keys: dual|single|unknown, role: sender|receiver}`.
    init(_ node: ConfigurationNode) throws(ConfigurationFault) {
        try node.allow("id", "keys", "role")
        let id = try node.child("id", mend: "name the partner")
        guard let partner = try PartnerID(rawValue: id.text()) else {
            throw try id.fault("`\(id.text())` is not a partner's id", mend: "use 1 to 64 of a-z 0-9 . _ -")
        }
        let keys = try node.child("keys", mend: "write dual, single or unknown")
        guard let capability = try PartnerCapability.Keys(rawValue: keys.text()) else {
            throw keys.fault(
                "dual, single or unknown is expected",
                mend: "write dual when its system takes two keys at once"
            )
        }
        let role = try node.child("role", mend: "write sender or receiver").word(Role.self)
        self.init(id: partner, keys: capability, role: role)
    }
}
