import FoundationEssentials
import GRDB
import Keystore
import Renewal

extension SQLiteTransaction {
    /// The tables that name keys, but for the rows of operations under way, which their process knows by their old name.
    private static let namingTables = [
        "key_version", "key_certificate", "key_former_certificate", "key_mark", "key_end", "key_export",
        "key_expiry_notice",
        "key_assignment", "key_use", "exchange_key", "renewal_standing",
    ]

    func rename(_ alias: KeyAlias, to name: KeyAlias, at moment: Date) throws {
        // Rows refer to each other by the name: that all of them have the new one is checked at the commit.
        try database.execute(sql: "PRAGMA defer_foreign_keys = ON")
        for table in Self.namingTables {
            try run("UPDATE \(table) SET alias = ? WHERE alias = ?", [name.rawValue, alias.rawValue])
        }
        try run("DELETE FROM key_former_name WHERE name = ?", [name.rawValue])
        try run("UPDATE key_former_name SET alias = ? WHERE alias = ?", [name.rawValue, alias.rawValue])
        try run(
            "INSERT INTO key_former_name (name, alias, at) VALUES (?, ?, ?)",
            [alias.rawValue, name.rawValue, Moment(moment)]
        )
    }

    func formerAliases() throws -> [KeyAlias: KeyAlias] {
        let table = "key_former_name"
        return try rows("SELECT name, alias FROM key_former_name")
            .reduce(into: [:]) { names, row in
                let former = try read(row["name"], in: table) { KeyAlias(rawValue: $0) }
                names[former] = try read(row["alias"], in: table) { KeyAlias(rawValue: $0) }
            }
    }

    func presentAlias(of name: KeyAlias) throws -> KeyAlias {
        try row("SELECT alias FROM key_former_name WHERE name = ?", [name.rawValue])
            .map { try read($0["alias"], in: "key_former_name") { KeyAlias(rawValue: $0) } } ?? name
    }

    func workUnderWay(on alias: KeyAlias) throws -> [String] {
        var query = RenewalQuery.of(alias)
        // What is only kept is found by its former name as well.
        query.statuses = Set(RenewalStatus.allCases.filter { !$0.isFinal && $0 != .retaining })
        return try renewals(query).map(\.id.rawValue)
    }
}
