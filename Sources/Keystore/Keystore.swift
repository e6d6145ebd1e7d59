// Keystore
