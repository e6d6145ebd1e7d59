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
        try storedVersions().map { try $0.read() }
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

    func versionsOutOfUse() throws -> [KeyVersion] {
        // The condition is that of the index, which leaves out the others.
        try rows("SELECT * FROM key_version WHERE state IN ('retired', 'compromised') ORDER BY alias, number")
            .map(keyVersion)
    }

    func versionsChanged(since generation: Int) throws -> [KeyVersionID] {
        try rows("SELECT alias, number FROM key_change WHERE generation > ?", [generation]).map(versionID)
    }

    func insert(_ version: KeyVersion) throws {
        try run(
            """
            INSERT INTO key_version (owner, state, sealed_private_key, token_key, created_at, activated_at, exchanged_at,
                stopped_accepting_at, destroyed_at, alias, number)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            arguments(version)
        )
        try writeChain(of: version)
    }

    func update(_ version: KeyVersion) throws {
        let changed = try run(
            """
            UPDATE key_version SET owner = ?, state = ?, sealed_private_key = ?, token_key = ?, created_at = ?,
                activated_at = ?, exchanged_at = ?, stopped_accepting_at = ?, destroyed_at = ?
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
            version.tokenKey?.text, Moment(version.createdAt), version.activatedAt.map(Moment.init),
            version.exchangedAt.map(Moment.init),
            version.stoppedAcceptingAt.map(Moment.init), version.destroyedAt.map(Moment.init),
            version.id.alias.rawValue, version.id.number,
        ]
    }

    private func writeChain(of version: KeyVersion) throws {
        try writeMarks(of: version)
        try writeEnds(of: version)
        try write(version.chainOctets, of: version.id, to: "key_certificate")
        try write(version.formerOctets, of: version.id, to: "key_former_certificate")
    }

    private func write(_ certificates: [[UInt8]], of id: KeyVersionID, to table: String) throws {
        let key: StatementArguments = [id.alias.rawValue, id.number]
        try run("DELETE FROM \(table) WHERE alias = ? AND number = ?", key)
        for (position, der) in certificates.enumerated() {
            try run(
                "INSERT INTO \(table) (alias, number, position, der) VALUES (?, ?, ?, ?)",
                key + [position, Data(der)]
            )
        }
    }

    /// What the certificates are found by.
    func writeMarks(of version: KeyVersion) throws {
        let key: StatementArguments = [version.id.alias.rawValue, version.id.number]
        try run("DELETE FROM key_mark WHERE alias = ? AND number = ?", key)
        for mark in Set(version.certificates.flatMap(\.identityMarks)) {
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
        let id = try versionID(row)
        return try keyVersion(
            row,
            chain: octets(of: id, in: "key_certificate"),
            former: octets(of: id, in: "key_former_certificate")
        )
    }

    private func keyVersion(_ row: Row, chain: [[UInt8]], former: [[UInt8]]) throws -> KeyVersion {
        let sealed: Data? = row["sealed_private_key"]
        // An earlier migration reads versions before this column is there.
        let held: String? = row["token_key"]
        let id = try versionID(row)
        return KeyVersion(
            id: id,
            owner: try read(row["owner"], in: "key_version") { KeyOwner(rawValue: $0) },
            state: try read(row["state"], in: "key_version") { KeyVersionState(rawValue: $0) },
            chain: try KeyVersion.chain(of: chain),
            formerCertificates: try KeyVersion.chain(of: former),
            sealedPrivateKey: sealed.map { [UInt8]($0) },
            tokenKey: try held.map { try read($0, in: "key_version") { TokenKey(text: $0) } },
            createdAt: row.moment("created_at"),
            activatedAt: row.optionalMoment("activated_at"),
            exchangedAt: row.optionalMoment("exchanged_at"),
            stoppedAcceptingAt: row.optionalMoment("stopped_accepting_at"),
            destroyedAt: row.optionalMoment("destroyed_at")
        )
    }

    private func octets(of id: KeyVersionID, in table: String) throws -> [[UInt8]] {
        try rows(
            "SELECT der FROM \(table) WHERE alias = ? AND number = ? ORDER BY position",
            [id.alias.rawValue, id.number]
        )
        .map { row in
            let der: Data = row["der"]
            return [UInt8](der)
        }
    }
}
