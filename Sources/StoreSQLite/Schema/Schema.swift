import GRDB

/// The schema as numbered migrations.
///
/// They are only ever appended to: files in the field have run the earlier ones.
///
/// The schema is the first defence: what a correct program never writes is refused here as well.
enum Schema {
    static var migrations: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 keystore") { try $0.execute(sql: keystore) }
        migrator.registerMigration("2 messaging") { try $0.execute(sql: messaging) }
        migrator.registerMigration("3 renewal") { try $0.execute(sql: renewal) }
        migrator.registerMigration("4 discarded messages") { try $0.execute(sql: discardedMessages) }
        migrator.registerMigration("5 replays") { try $0.execute(sql: replays) }
        migrator.registerMigration("6 heartbeat") { try $0.execute(sql: heartbeat) }
        migrator.registerMigration("7 exchange log") { try $0.execute(sql: exchangeLog) }
        migrator.registerMigration("8 message trace") { try $0.execute(sql: messageTrace) }
        migrator.registerMigration("9 deliveries") { try $0.execute(sql: deliveries) }
        migrator.registerMigration("10 capability") { try $0.execute(sql: capability) }
        migrator.registerMigration("11 captures") { try $0.execute(sql: captures) }
        migrator.registerMigration("12 renewal standings") { try addStandings($0) }
        migrator.registerMigration("13 key marks") { try addKeyMarks($0) }
        migrator.registerMigration("14 audit checkpoints") { try $0.execute(sql: auditCheckpoints) }
        migrator.registerMigration("15 informs") { try $0.execute(sql: informs) }
        migrator.registerMigration("16 key life") { try addKeyLife($0) }
        migrator.registerMigration("17 assignment") { try $0.execute(sql: assignment) }
        migrator.registerMigration("18 token keys") { try $0.execute(sql: tokenKeys) }
        migrator.registerMigration("19 former names") { try $0.execute(sql: formerNames) }
        migrator.registerMigration("20 key ends") { try addKeyEnds($0) }
        migrator.registerMigration("21 renewal alerts") { try addAlerts($0) }
        migrator.registerMigration("22 start") { try $0.execute(sql: start) }
        return migrator
    }
}
