import Keystore

extension SenderAuthorisation {
    /// Reads `none`, `{certificate: [ALIAS, …]}` or `{basic: [CREDENTIAL, …]}`; absent is none.
    init(reading reader: inout FlowReader, at key: String) throws(FlowError) {
        guard reader.hasMapping(key) else {
            self = try reader.choice(key, of: [("none", .none)]) ?? .none
            return
        }
        var below = try reader.requiredBelow(key)
        let (certificate, basic) = try (below.aliases("certificate"), below.texts("basic") ?? [])
        switch (certificate.isEmpty, basic.isEmpty) {
        case (false, true): self = .certificate(certificate)
        case (true, false): self = .basic(basic)
        default:
            throw reader.error(
                key,
                "does not say one way",
                mend: "write `{certificate: [ALIAS]}`, `{basic: [CREDENTIAL]}` or `none`"
            )
        }
        try below.end()
    }
}
