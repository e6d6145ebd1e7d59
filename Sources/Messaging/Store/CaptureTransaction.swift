package import FoundationEssentials

/// What is kept of messages with their content.
package protocol CaptureTransaction {
    /// Stores an order in the place of the flow's former one.
    func save(_ order: CaptureOrder) throws

    /// Every order, by flow.
    func captureOrders() throws -> [CaptureOrder]

    /// Stores a captured message under a number of its own.
    func insert(_ message: CapturedMessage) throws

    /// The captured messages of a flow, or of all, the latest first, without content.
    func capturedMessages(of flow: FlowID?, limit: Int) throws -> [CapturedMessage]

    /// A captured message; `nil` when there is none of that number.
    func capturedMessage(_ id: Int) throws -> CapturedMessage?

    /// The octets of all sealed contents.
    func capturedOctetCount() throws -> Int

    /// Up to `limit` captured messages after `id`, by their numbers, with content.
    func capturedMessages(after id: Int, limit: Int) throws -> [CapturedMessage]

    /// Puts the same content in another seal. False when there is no such message any more.
    func resealCapturedMessage(_ id: Int, _ sealed: [UInt8]) throws -> Bool

    /// Removes the captured messages of a flow.
    func eraseCapturedMessages(of flow: FlowID) throws

    /// Removes up to `limit` messages that were captured before `moment`, and returns how many.
    func forgetCapturedMessages(before moment: Date, limit: Int) throws -> Int
}
