extension Schema {
    /// Key versions, the keyset's generation, and the audit log.
    static let keystore = """
        CREATE TABLE key_version (
            alias TEXT NOT NULL CHECK (length(alias) BETWEEN 1 AND 64),
            number INTEGER NOT NULL CHECK (number > 0),
            owner TEXT NOT NULL CHECK (owner = 'tenant' OR owner LIKE 'partner:_%'),
            state TEXT NOT NULL CHECK (state IN
                ('pending', 'staged', 'active', 'retiring', 'retired', 'destroyed', 'compromised')),
            sealed_private_key BLOB,
            created_at INTEGER NOT NULL,
            activated_at INTEGER,
            exchanged_at INTEGER,
            stopped_accepting_at INTEGER,
            destroyed_at INTEGER,
            PRIMARY KEY (alias, number),
            CHECK (state <> 'destroyed' OR (sealed_private_key IS NULL AND destroyed_at IS NOT NULL)),
            CHECK (owner = 'tenant' OR sealed_private_key IS NULL)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX key_version_active ON key_version (alias) WHERE state = 'active';
        CREATE TRIGGER key_version_is_kept BEFORE DELETE ON key_version
        BEGIN SELECT RAISE(ABORT, 'key versions are never deleted'); END;

        CREATE TABLE key_certificate (
            alias TEXT NOT NULL,
            number INTEGER NOT NULL,
            position INTEGER NOT NULL CHECK (position >= 0),
            der BLOB NOT NULL CHECK (length(der) > 0),
            PRIMARY KEY (alias, number, position),
            FOREIGN KEY (alias, number) REFERENCES key_version (alias, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE keyset (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            generation INTEGER NOT NULL CHECK (generation >= 0)
        ) STRICT;
        INSERT INTO keyset (only, generation) VALUES (1, 0);
        CREATE TRIGGER keyset_only_grows BEFORE UPDATE ON keyset WHEN NEW.generation <= OLD.generation
        BEGIN SELECT RAISE(ABORT, 'the generation only grows'); END;

        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL,
            previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
            hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
        ) STRICT;
        CREATE TRIGGER audit_follows BEFORE INSERT ON audit
        WHEN NEW.sequence > 1
            AND NOT EXISTS (SELECT 1 FROM audit WHERE sequence = NEW.sequence - 1 AND hash = NEW.previous_hash)
        BEGIN SELECT RAISE(ABORT, 'the entry does not follow the last one of the audit log'); END;
        CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        CREATE TRIGGER audit_is_unchanged BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        """
}
