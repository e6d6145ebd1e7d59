import Foundation
package import Keystore
package import WSSecurity

/// The runtime's limits and habits.
package struct RuntimeConfiguration: Sendable {
    /// The name of this process in the store, the same after a restart: what it had under way is taken back by it.
    package var holder = "tenant-1"
    /// What this build of the program is called in the store: flow documents that it has read before are read when a message is
    /// for them, and beside the traffic; `nil` = all are read at the start.
    package var documentReader: String?
    /// The most octets of a message, in either direction, decompressed.
    package var messageOctetLimit: Int {
        get { payloads.octetLimit }
        set { payloads.octetLimit = newValue }
    }
    /// How bodies are taken in.
    package var payloads = PayloadTerms(
        octetLimit: 32 << 20,
        spoolThreshold: 1 << 20,
        spoolFolder: FileManager.default.temporaryDirectory.path,
        expansionLimit: 100
    )
    /// What `Retry-After` says, in seconds.
    package var retryAfter = 1
    /// How many one-way messages are in delivery at the same time.
    package var deliveryLimit = 32
    /// How many of them may be of one flow, so that a slow receiver does not keep the others waiting.
    package var flowDeliveryLimit = 8
    /// How much room must be left in the store's file system for one-way messages to be accepted; `nil` = the smaller of 256 MB
    /// and a twentieth of it.
    package var reservedOctetCount: Int?
    /// How often the ledger is written and the queue is looked at.
    package var interval: Duration = .milliseconds(100)
    /// How long an undeployment waits for exchanges under way, unless told otherwise.
    package var drainBound: Duration = .seconds(90)
    /// How long the names of completed and discarded messages are remembered, so that a repetition is recognised.
    package var messageMemory: Duration = .seconds(90 * 86_400)
    /// How many signatures and nonces of accepted messages each flow remembers until they expire; when there are as many,
    /// senders are asked to come again.
    package var replayCapacity = 1_000_000
    /// The longest that a request waits while its flow is held, before it is asked to come again.
    package var holdBound: Duration = .seconds(20)
    /// How many requests wait at most, over all held flows; the next one is asked to come again at once.
    package var holdLimit = 256
    /// Users with their passwords, by the name that flows give them; the key's own name is the user's.
    package var credentials: [String: SharedKey] = [:]
    /// The files of SAML assertions, by the name that flows give them; read whenever a message is sent.
    package var assertions: [String: String] = [:]

    /// Where messages are kept as they arrived, for flows that save them; `nil` = nowhere.
    package var archive: MessageArchive?
    /// How much of the message log is kept.
    package var logRetention = LogRetention()
    /// The bounds of capturing messages with their content.
    package var capture = CaptureTerms()
    /// Where flows may send.
    package var receivers = ReceiverRules()
    /// The keys that listeners show, by the listener's name.
    package var listenerKeys: [String: KeyAlias] = [:]
    /// What the listener for messages finds out about callers: flows that need more are not deployed.
    package var transport = ListenerTransport.plain

    package init() {}
}
