import Foundation
import GRDB
import Keystore
import Renewal

/// The facts that guards decide on. The runtime wrote them through its own port; here they are read in the transaction
/// that records the decision.
extension SQLiteTransaction {
    func keyUse(_ query: KeyUseQuery) throws -> KeyUseTally {
        let sums = try row(
            """
            SELECT total(count) FILTER (WHERE outcome = 'succeeded') AS succeeded,
                total(count) FILTER (WHERE outcome = 'failed') AS failed,
                min(first_at) AS first_at, max(last_at) AS last_at,
                max(last_at) FILTER (WHERE outcome = 'succeeded') AS last_succeeded_at
            FROM key_use
            WHERE alias = ifnull((SELECT alias FROM key_former_name WHERE name = ?1), ?1) AND version = ?2 AND (?3 IS NULL OR purpose = ?3) AND (?4 IS NULL OR partner = ?4)
                AND (?5 IS NULL OR flow = ?5)
            """,
            [
                query.version.alias.rawValue, query.version.number, query.purpose?.rawValue, query.partner?.rawValue,
                query.flow,
            ]
        )
        guard let sums else { return KeyUseTally() }
        let succeeded: Double = sums["succeeded"]
        let failed: Double = sums["failed"]
        return KeyUseTally(
            succeeded: Int(succeeded),
            failed: Int(failed),
            firstAt: sums.optionalMoment("first_at"),
            lastAt: sums.optionalMoment("last_at"),
            lastSucceededAt: sums.optionalMoment("last_succeeded_at")
        )
    }

    /// A key may have been renamed after an operation began, or after what asks for it was written.
    private static let isNamed = """
        alias IN (
            SELECT ifnull((SELECT alias FROM key_former_name WHERE name = ?1), ?1)
            UNION ALL
            SELECT name FROM key_former_name
            WHERE alias = ifnull((SELECT alias FROM key_former_name WHERE name = ?1), ?1))
        """

    func openOperations(with version: KeyVersionID) throws -> Int {
        try number(
            "SELECT sum(max(count, 1)) FROM open_operation WHERE \(Self.isNamed) AND version = ?2",
            [version.alias.rawValue, version.number]
        )
    }

    func openOperations(with version: KeyVersionID, on flows: [String]) throws -> Int {
        try flows.reduce(0) { sum, flow in
            sum
                + (try number(
                    "SELECT sum(max(count, 1)) FROM open_operation WHERE \(Self.isNamed) AND version = ?2 AND flow = ?3",
                    [version.alias.rawValue, version.number, flow]
                ))
        }
    }

    func openOperations(on flow: String) throws -> Int {
        try number("SELECT sum(max(count, 1)) FROM open_operation WHERE flow = ? AND purpose = 'exchange'", [flow])
    }

    func storedMessages(protectedWith version: KeyVersionID) throws -> Int {
        // The queue keeps messages unprotected under the master key (late binding), so none refers to a version.
        0
    }

    func undeliveredMessages(of flow: String) throws -> Int {
        try number(
            "SELECT count(*) FROM message WHERE flow = ? AND state NOT IN ('completed', 'failed', 'discarded')",
            [flow]
        )
    }

    func lastInboundArrival(on flow: String) throws -> Date? {
        try row("SELECT last_at FROM flow_event WHERE flow = ? AND event = 'arrived'", [flow])?.moment("last_at")
    }

    func isDeployed(_ flow: String) throws -> Bool {
        try row("SELECT 1 FROM flow WHERE id = ? AND status = 'deployed'", [flow]) != nil
    }
}
