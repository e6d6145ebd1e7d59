extension Schema {
    /// Versions that are out of use; former names of keys, which are given to no other key; an export that was collected keeps all but its key's name.
    static let formerNames = """
        CREATE TABLE key_former_name (
            name TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 64),
            alias TEXT NOT NULL CHECK (alias <> name),
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX key_former_name_alias ON key_former_name (alias);
        CREATE TRIGGER key_version_has_no_former_name BEFORE INSERT ON key_version
        WHEN EXISTS (SELECT 1 FROM key_former_name WHERE name = NEW.alias)
        BEGIN SELECT RAISE(ABORT, 'a former name is given to no other key'); END;

        CREATE INDEX key_version_out_of_use ON key_version (alias, number) WHERE state IN ('retired', 'compromised');

        DROP TRIGGER key_export_is_used_once;
        CREATE TRIGGER key_export_is_used_once
        BEFORE UPDATE OF id, number, reason, requested_by, requested_at, approved_by, approved_at, collected_at
        ON key_export WHEN OLD.collected_at IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'an export is collected once'); END;
        """
}
