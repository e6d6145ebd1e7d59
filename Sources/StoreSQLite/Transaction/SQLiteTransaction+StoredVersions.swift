import Foundation
import GRDB
import Keystore

extension SQLiteTransaction {
    func storedVersions() throws -> [StoredKeyVersion] { try storedVersions(in: nil) }

    func storedVersions(of range: ClosedRange<KeyAlias>) throws -> [StoredKeyVersion] { try storedVersions(in: range) }

    func sealedVersions(after id: KeyVersionID?, limit: Int) throws -> [KeyVersion] {
        try rows(
            """
            SELECT * FROM key_version WHERE sealed_private_key IS NOT NULL AND (alias, number) > (?, ?)
            ORDER BY alias, number LIMIT ?
            """,
            [id?.alias.rawValue ?? "", id?.number ?? 0, max(limit, 0)]
        )
        .map { try bareVersion($0, $0[0], $0[1]) }
    }

    private func storedVersions(in range: ClosedRange<KeyAlias>?) throws -> [StoredKeyVersion] {
        var chains = try CertificateRun(of: "key_certificate", in: range, database)
        // An earlier migration reads versions before this table is there.
        let hasFormer = try database.tableExists("key_former_certificate")
        var former = try hasFormer ? CertificateRun(of: "key_former_certificate", in: range, database) : nil
        // All columns, in the order in which migrations made them: an earlier one reads versions without the later columns.
        let sql = "SELECT * FROM key_version \(range.clause) ORDER BY alias, number"
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: range.arguments)
        var versions: [StoredKeyVersion] = []
        while let row = try rows.next() {
            let (alias, number): (String, Int) = (row[0], row[1])
            versions.append(
                StoredKeyVersion(
                    try bareVersion(row, alias, number),
                    chainOctets: try chains.take(alias, number),
                    formerOctets: try former?.take(alias, number) ?? []
                )
            )
        }
        return versions
    }

    /// By columns' places, which costs a third of looking for their names.
    private func bareVersion(_ row: Row, _ alias: String, _ number: Int) throws -> KeyVersion {
        let table = "key_version"
        return KeyVersion(
            id: KeyVersionID(alias: try read(alias, in: table) { KeyAlias(rawValue: $0) }, number: number),
            owner: try read(row[2], in: table) { KeyOwner(rawValue: $0) },
            state: try read(row[3], in: table) { KeyVersionState(rawValue: $0) },
            chain: [],
            sealedPrivateKey: try row.withUnsafeData(atIndex: 4) { $0.map { [UInt8]($0) } },
            tokenKey: try row.count > 10 ? tokenKey(row[10]) : nil,
            createdAt: Moment(microseconds: row[5]).date,
            activatedAt: moment(row[6]),
            exchangedAt: moment(row[7]),
            stoppedAcceptingAt: moment(row[8]),
            destroyedAt: moment(row[9])
        )
    }

    private func tokenKey(_ text: String?) throws -> TokenKey? {
        try text.map { try read($0, in: "key_version") { TokenKey(text: $0) } }
    }

    private func moment(_ microseconds: Int64?) -> Date? { microseconds.map { Moment(microseconds: $0).date } }
}

/// The certificates of a table in the order of their versions, taken beside these.
private struct CertificateRun {
    private let rows: RowCursor
    private var next: (alias: String, number: Int, der: [UInt8])?

    init(of table: String, in range: ClosedRange<KeyAlias>?, _ database: Database) throws {
        let sql = "SELECT alias, number, der FROM \(table) \(range.clause) ORDER BY alias, number, position"
        rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: range.arguments)
        try advance()
    }

    /// The certificates of this version, which comes after the one that was asked for before.
    mutating func take(_ alias: String, _ number: Int) throws -> [[UInt8]] {
        var found: [[UInt8]] = []
        while let one = next, one.alias == alias, one.number == number {
            found.append(one.der)
            try advance()
        }
        return found
    }

    private mutating func advance() throws {
        next = try rows.next()
            .map { row in
                (row[0], row[1], try row.withUnsafeData(atIndex: 2) { $0.map { [UInt8]($0) } ?? [] })
            }
    }
}

extension ClosedRange<KeyAlias>? {
    fileprivate var clause: String { self == nil ? "" : "WHERE alias BETWEEN ? AND ?" }

    fileprivate var arguments: StatementArguments {
        map { [$0.lowerBound.rawValue, $0.upperBound.rawValue] } ?? []
    }
}
