import FoundationEssentials
import GRDB
import Renewal

extension Schema {
    /// How often each alert was raised in the renewals that have not ended: metrics read no journals.
    private static let alertTable = """
        CREATE TABLE renewal_alert (
            position INTEGER NOT NULL REFERENCES renewal_standing (position),
            alert TEXT NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            PRIMARY KEY (position, alert)
        ) STRICT, WITHOUT ROWID;
        """

    /// Makes the table and folds the journals of renewals under way once more.
    static func addAlerts(_ database: Database) throws {
        try database.execute(sql: alertTable)
        let transaction = SQLiteTransaction(database: database)
        let places = try transaction.rows("SELECT position, renewal FROM renewal_standing")
        for row in places {
            let id = RenewalID(rawValue: row["renewal"])
            let state = try RenewalState(folding: transaction.journal(of: id), of: id)
            // When it is looked at plays no part here.
            let standing = RenewalStanding(state, look: NextLook(at: .distantPast))
            try transaction.saveAlerts(standing.alerts, of: row["position"])
        }
    }
}
