import Foundation
import ManagementAPI

/// The text output of the key commands.
enum KeyText {
    /// One line for each alias.
    static func list(_ keys: [KeyResource]) -> String {
        TextTable(
            ["alias", "owner", "active", "key", "expires", "versions"],
            keys.map { key in
                let active = key.versions.first { $0.number == key.activeVersion }
                return [
                    key.alias, key.owner, key.activeVersion.map(String.init) ?? "none", active?.key ?? "-",
                    Wording.day(active?.notAfter),
                    key.versions.map { "\($0.number) \($0.state)" }.joined(separator: ", "),
                ]
            }
        )
        .text
    }

    /// One line for each version to destroy, then the command for each.
    static func overdue(_ versions: [OverdueKeyVersion]) -> String {
        guard !versions.isEmpty else { return "no key version is kept beyond its time" }
        let table = TextTable(
            ["key", "state", "holds", "since", "asked by", "renewal"],
            versions.map {
                [
                    "\($0.alias) \($0.version)", $0.state, $0.hasPrivateKey ? "private key" : "certificate",
                    Wording.moment($0.since), $0.requestedBy ?? "nobody", $0.renewal ?? "-",
                ]
            }
        )
        let commands = versions.map { "  \($0.command)" }.joined(separator: "\n")
        return "\(table.text)\n\ntwo tenant administrators give, each:\n\(commands)"
    }

    /// An alias with all that is known of its versions.
    static func show(_ key: KeyResource) -> String {
        (["\(key.alias), owned by \(key.owner)"] + key.versions.map(version)).joined(separator: "\n")
    }

    private static func version(_ version: KeyResource.Version) -> String {
        let facts = [
            ("key", version.key + (version.hasPrivateKey ? " with private key" : "")),
            ("in", version.token ?? ""),
            ("subject", version.subject),
            ("issuer", version.issuer),
            ("serial number", version.serialNumber),
            ("fingerprint", version.fingerprint),
            ("valid", "\(Wording.moment(version.notBefore)) to \(Wording.moment(version.notAfter))"),
            ("created", Wording.moment(version.createdAt)),
            ("activated", Wording.moment(version.activatedAt)),
            ("exchanged", Wording.moment(version.exchangedAt)),
            ("accepted until", Wording.moment(version.stoppedAcceptingAt)),
            ("destroyed", Wording.moment(version.destroyedAt)),
        ]
        let lines = facts.filter { !$0.1.isEmpty && $0.1 != "-" }
            .map { name, fact in
                "    " + (name + ":").padding(toLength: 16, withPad: " ", startingAt: 0) + fact
            }
        return (["", "  version \(version.number): \(version.state)"] + lines).joined(separator: "\n")
    }

    /// Each use from configuration and ledger together, then TLS, then the ledger's rows.
    static func whereUsed(_ uses: WhereUsed) -> String {
        let places = TextTable(
            [
                "flow", "status", "channel", "purpose", "partner", "use case", "versions", "taken", "failed",
                "last use", "",
            ],
            (uses.places ?? []).map(place)
        )
        let transport = TextTable(
            ["purpose", "flow or listener", "partner"],
            uses.transport.map { [$0.purpose, $0.flow ?? "listen.\($0.listener ?? "")", $0.partner ?? "-"] }
        )
        let tls = uses.transport.isEmpty ? "" : "\n\nin TLS:\n\(transport.text)"
        let pins = "Flows name aliases, never versions: none is pinned."
        return
            "\(uses.alias) in flows and messages:\n\(places.text)\n\(pins)\(tls)\n\nin messages:\n\(ledger(uses.observed))"
    }

    private static func place(_ place: WhereUsed.Place) -> [String] {
        [
            place.flow, place.flowStatus ?? "no flow", place.side, place.purpose, place.partner, place.useCase,
            place.versions.isEmpty ? "-" : place.versions.map(String.init).joined(separator: ", "),
            String(place.succeeded), String(place.failed), Wording.moment(place.lastAt), disagreement(place),
        ]
    }

    private static func disagreement(_ place: WhereUsed.Place) -> String {
        switch place.disagreement {
        case "neverSeen": "configured, never seen in a message"
        case "noLongerConfigured": "seen, no longer configured"
        default: ""
        }
    }

    /// The key-use ledger.
    static func ledger(_ rows: [LedgerRow]) -> String {
        TextTable(
            ["key", "purpose", "flow", "partner", "outcome", "count", "first", "last"],
            rows.map {
                [
                    "\($0.alias) \($0.version)", $0.purpose, $0.flow, $0.partner, $0.outcome, String($0.count),
                    Wording.moment($0.firstAt), Wording.moment($0.lastAt),
                ]
            }
        )
        .text
    }

    /// The audit log.
    static func audit(_ entries: [AuditResource]) -> String {
        TextTable(
            ["no.", "at", "who", "action", "subject", "detail"],
            entries.map { [String($0.sequence), Wording.moment($0.at), $0.actor, $0.action, $0.subject, $0.detail] }
        )
        .text
    }
}
