import Cryptography

/// Looks for a private key that is in a token already.
struct TokenSearch {
    let identifier: [UInt8]?
    let label: String?

    /// The one key of that identifier, else of that label; throws when there is none, or several, or one that cannot be used.
    func run(_ session: TokenSession) throws(TokenFault) -> (identifier: [UInt8], label: String) {
        var template = Template().number(Attribute.objectClass, ObjectClass.privateKey)
        let what: String
        if let identifier {
            template = template.octets(Attribute.id, identifier)
            what = "id \(Hexadecimal.text(identifier))"
        } else if let label {
            template = template.octets(Attribute.label, Array(label.utf8))
            what = "label '\(label)'"
        } else {
            throw .refused("neither an id nor a label of the key was given: give one of them")
        }
        let found = try session.objects(template)
        guard let key = found.first else { throw .refused("it has no private key with the \(what)") }
        guard found.count == 1 else { throw .refused("several private keys have the \(what): name one by its id") }
        // A key that may be used without a login of its own has no such attribute, in old tokens.
        if let demands = try? session.attribute(Attribute.alwaysAuthenticate, of: key), demands.first == 1 {
            throw .refused("the key demands the PIN for every use, which a tenant cannot give: make one that does not")
        }
        let identifier = try session.attribute(Attribute.id, of: key)
        guard !identifier.isEmpty, identifier.count <= 255 else {
            throw .refused("the key with the \(what) has no id: give it one by the token's own tool")
        }
        let label = (try? session.attribute(Attribute.label, of: key)) ?? []
        return (identifier, String(decoding: label, as: UTF8.self))
    }
}
