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
        try rows("SELECT * FROM key_version ORDER BY alias, number").map(keyVersion)
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
        for (position, der) in version.chainOctets.enumerated() {
            try run(
                "INSERT INTO key_certificate (alias, number, position, der) VALUES (?, ?, ?, ?)",
                key + [position, Data(der)]
            )
        }
    }

    private func keyVersion(_ row: Row) throws -> KeyVersion {
        let number: Int = row["number"]
        let sealed: Data? = row["sealed_private_key"]
        let id = KeyVersionID(
            alias: try read(row["alias"], in: "key_version") { KeyAlias(rawValue: $0) },
            number: number
        )
        return KeyVersion(
            id: id,
            owner: try read(row["owner"], in: "key_version") { KeyOwner(rawValue: $0) },
            state: try read(row["state"], in: "key_version") { KeyVersionState(rawValue: $0) },
            chain: try KeyVersion.chain(of: chainOctets(of: id)),
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
