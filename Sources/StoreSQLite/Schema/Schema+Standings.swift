import FoundationEssentials
import GRDB
import Renewal

extension Schema {
    /// Where each renewal stands; written with its journal, and woken by the ledger.
    private static let standingTables = """
        CREATE TABLE renewal_standing (
            position INTEGER PRIMARY KEY REFERENCES journal (position),
            renewal TEXT NOT NULL UNIQUE,
            alias TEXT NOT NULL,
            status TEXT NOT NULL,
            is_watching INTEGER NOT NULL CHECK (is_watching IN (0, 1)),
            next_look INTEGER
        ) STRICT;
        CREATE INDEX renewal_standing_alias ON renewal_standing (alias, position);
        CREATE INDEX renewal_standing_status ON renewal_standing (status, position);
        CREATE INDEX renewal_standing_due ON renewal_standing (next_look) WHERE next_look IS NOT NULL;
        CREATE INDEX renewal_standing_watching ON renewal_standing (alias) WHERE is_watching = 1;

        CREATE TABLE renewal_partner (
            partner TEXT NOT NULL,
            position INTEGER NOT NULL REFERENCES renewal_standing (position),
            PRIMARY KEY (partner, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX renewal_partner_position ON renewal_partner (position);
        CREATE TABLE renewal_stopped_flow (
            flow TEXT NOT NULL,
            position INTEGER NOT NULL REFERENCES renewal_standing (position),
            PRIMARY KEY (flow, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX renewal_stopped_flow_position ON renewal_stopped_flow (position);

        CREATE TRIGGER key_use_wakes_first AFTER INSERT ON key_use
        BEGIN
            UPDATE renewal_standing SET next_look = 0
            WHERE alias = NEW.alias AND is_watching = 1 AND next_look <> 0;
        END;
        CREATE TRIGGER key_use_wakes AFTER UPDATE ON key_use
        BEGIN
            UPDATE renewal_standing SET next_look = 0
            WHERE alias = NEW.alias AND is_watching = 1 AND next_look <> 0;
        END;
        """

    /// Makes the tables and folds the journals that are there once more.
    static func addStandings(_ database: Database) throws {
        try database.execute(sql: standingTables)
        let transaction = SQLiteTransaction(database: database)
        for id in try transaction.renewals() {
            let state = try RenewalState(folding: transaction.journal(of: id), of: id)
            let look = NextLook(at: .init(timeIntervalSince1970: 0))
            try transaction.saveWithoutAlerts(RenewalStanding(state, look: look))
        }
    }
}
