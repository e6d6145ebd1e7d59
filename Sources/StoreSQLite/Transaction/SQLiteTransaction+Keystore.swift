import Foundation
import GRDB
import Keystore

extension SQLiteTransaction: KeystoreTransaction {
    func version(_ id: KeyVersionID) throws -> KeyVersion? {
        try row(
            "SELECT * FROM key_version WHERE alias = ? AND number = ?",
            [id.alias.rawValue, id.number]
        )
        .map(keyVersion)
    }

    func versions(of alias: KeyAlias) throws -> [KeyVersion] {
        try rows("SELECT * FROM key_version WHERE alias = ? ORDER BY number", [alias.rawValue]).map(keyVersion)
    }

    func allVersions() throws -> [KeyVersion] {
        var chains: [KeyVersionID: [[UInt8]]] = [:]
        for row in try rows("SELECT alias, number, der FROM key_certificate ORDER BY alias, number, position") {
            let der: Data = row["der"]
            chains[try versionID(row), default: []].append([UInt8](der))
        }
        return try rows("SELECT * FROM key_version ORDER BY alias, number")
            .map { row in
                try keyVersion(row, chain: chains[versionID(row)] ?? [])
            }
    }

    func aliases(after: KeyAlias?, limit: Int) throws -> [KeyAlias] {
        try rows(
            "SELECT DISTINCT alias FROM key_version WHERE alias > ? ORDER BY alias LIMIT ?",
            [after?.rawValue ?? "", max(limit, 0)]
        )
        .map { try read($0["alias"], in: "key_version") { KeyAlias(rawValue: $0) } }
    }

    func versions(marked marks: [[UInt8]]) throws -> [KeyVersion] {
        let places = marks.map { _ in "?" }.joined(separator: ", ")
        let found = try rows(
            "SELECT DISTINCT alias, number FROM key_mark WHERE mark IN (\(places)) ORDER BY alias, number",
            StatementArguments(marks.map { Data($0) })
        )
        return try found.compactMap { try version(versionID($0)) }
    }

    func versionsChanged(since generation: Int) throws -> [KeyVersionID] {
        try rows("SELECT alias, number FROM key_change WHERE generation > ?", [generation]).map(versionID)
    }

    func insert(_ version: KeyVersion) throws {
        try run(
            """
            INSERT INTO key_version (owner, state, sealed_private_key, created_at, activated_at, exchanged_at,
                stopped_accepting_at, destroyed_at, alias, number)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            arguments(version)
        )
        try writeChain(of: version)
    }

    func update(_ version: KeyVersion) throws {
        let changed = try run(
            """
            UPDATE key_version SET owner = ?, state = ?, sealed_private_key = ?, created_at = ?, activated_at = ?,
                exchanged_at = ?, stopped_accepting_at = ?, destroyed_at = ?
            WHERE alias = ? AND number = ?
            """,
            arguments(version)
        )
        guard changed == 1 else { throw SQLiteStoreError.missing("\(version.id)") }
        try writeChain(of: version)
    }

    func generation() throws -> Int {
        try number("SELECT generation FROM keyset")
    }

    func bumpGeneration() throws -> Int {
        try run("UPDATE keyset SET generation = generation + 1", [])
        return try generation()
    }

    private func arguments(_ version: KeyVersion) -> StatementArguments {
        [
            version.owner.rawValue, version.state.rawValue, version.sealedPrivateKey.map { Data($0) },
            Moment(version.createdAt), version.activatedAt.map(Moment.init), version.exchangedAt.map(Moment.init),
            version.stoppedAcceptingAt.map(Moment.init), version.destroyedAt.map(Moment.init),
            version.id.alias.rawValue, version.id.number,
        ]
    }

    private func writeChain(of version: KeyVersion) throws {
        let key: StatementArguments = [version.id.alias.rawValue, version.id.number]
        try run("DELETE FROM key_certificate WHERE alias = ? AND number = ?", key)
        try writeMarks(of: version)
        for (position, der) in version.chainOctets.enumerated() {
            try run(
                "INSERT INTO key_certificate (alias, number, position, der) VALUES (?, ?, ?, ?)",
                key + [position, Data(der)]
            )
        }
    }

    /// What the leaf certificate is found by.
    func writeMarks(of version: KeyVersion) throws {
        let key: StatementArguments = [version.id.alias.rawValue, version.id.number]
        try run("DELETE FROM key_mark WHERE alias = ? AND number = ?", key)
        for mark in Set(version.certificate?.identityMarks ?? []) {
            try run("INSERT INTO key_mark (alias, number, mark) VALUES (?, ?, ?)", key + [Data(mark)])
        }
    }

    private func versionID(_ row: Row) throws -> KeyVersionID {
        KeyVersionID(
            alias: try read(row["alias"], in: "key_version") { KeyAlias(rawValue: $0) },
            number: row["number"]
        )
    }

    private func keyVersion(_ row: Row) throws -> KeyVersion {
        try keyVersion(row, chain: chainOctets(of: versionID(row)))
    }

    private func keyVersion(_ row: Row, chain: [[UInt8]]) throws -> KeyVersion {
        let sealed: Data? = row["sealed_private_key"]
        let id = try versionID(row)
        return KeyVersion(
            id: id,
            owner: try read(row["owner"], in: "key_version") { KeyOwner(rawValue: $0) },
            state: try read(row["state"], in: "key_version") { KeyVersionState(rawValue: $0) },
            chain: try KeyVersion.chain(of: chain),
            sealedPrivateKey: sealed.map { [UInt8]($0) },
            createdAt: row.moment("created_at"),
            activatedAt: row.optionalMoment("activated_at"),
            exchangedAt: row.optionalMoment("exchanged_at"),
            stoppedAcceptingAt: row.optionalMoment("stopped_accepting_at"),
            destroyedAt: row.optionalMoment("destroyed_at")
        )
    }

    private func chainOctets(of id: KeyVersionID) throws -> [[UInt8]] {
        try rows(
            "SELECT der FROM key_certificate WHERE alias = ? AND number = ? ORDER BY position",
            [id.alias.rawValue, id.number]
        )
        .map { row in
            let der: Data = row["der"]
            return [UInt8](der)
        }
    }
}
