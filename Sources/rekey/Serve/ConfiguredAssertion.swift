/// A SAML assertion that flows may send, and the file in which it is kept fresh.
struct ConfiguredAssertion {
    /// What flows call it.
    let name: String
    /// The file with the assertion alone; it is read for every message.
    let file: String

    /// Reads `{name: …, file: …}`.
    init(_ node: ConfigurationNode) throws(ConfigurationFault) {
        try node.allow("name", "file")
        name = try node.child("name", mend: "name the assertion as flows do").text()
        file = try node.child("file", mend: "name the file with the assertion alone").path()
    }
}
