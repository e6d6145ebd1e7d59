/// Exact counts of a partner system's messages since it started.
///
/// For a sender `sent = answered + accepted + failed + pending` holds at every moment.
package struct PartnerCounters: Codable, Hashable, Sendable {
    /// Messages begun; a retry of the same message does not count again.
    package var sent = 0
    /// Request-reply messages whose answer was verified, decrypted and echoed the right id.
    package var answered = 0
    /// One-way messages answered with status 202.
    package var accepted = 0
    /// Attempts that got no answer: status 503 or 429, a connection refused or broken, a time-out.
    package var refused = 0
    /// Attempts after the first of their message.
    package var retried = 0
    /// Messages that were lost: another fault, an answer that did not verify or decrypt or that echoed a wrong id.
    package var failed = 0
    /// Messages that were begun and have not ended.
    package var pending = 0
    /// Distinct message ids that a receiver has accepted.
    package var received = 0
    /// Messages that a receiver accepted again under an id that it knew.
    package var duplicates = 0
    /// Messages that a receiver answered with a security fault.
    package var faulted = 0

    package init() {}
}
