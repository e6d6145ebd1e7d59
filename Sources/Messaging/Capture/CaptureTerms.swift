/// The bounds of capturing messages with their content.
package struct CaptureTerms: Hashable, Sendable {
    /// The longest that a capture may last.
    package var longest: Duration = .seconds(4 * 3600)
    /// How many exchanges one capture may keep.
    package var exchangeLimit = 1000
    /// How many octets all captured messages may take in the store.
    package var octetLimit = 256 << 20
    /// How many octets are kept of one message; the rest is left out.
    package var messageOctetLimit = 1 << 20
    /// How long captured messages are kept.
    package var retention: Duration = .seconds(86_400)

    package init() {}
}
