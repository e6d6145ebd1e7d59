extension Schema {
    /// Where private keys lie that are in tokens: JSON that names token and key; never beside a sealed key.
    static let tokenKeys = """
        ALTER TABLE key_version ADD COLUMN token_key TEXT CHECK (
            token_key IS NULL
            OR (json_valid(token_key) AND sealed_private_key IS NULL AND owner = 'tenant' AND state <> 'destroyed')
        );
        """
}
