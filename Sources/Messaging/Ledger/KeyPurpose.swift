/// What the tenant does with a key.
package enum KeyPurpose: String, Hashable, Codable, Sendable, CaseIterable {
    case sign
    case verify
    case encrypt
    case decrypt
}
