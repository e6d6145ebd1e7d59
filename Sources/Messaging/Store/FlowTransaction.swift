/// What the runtime keeps of its flows.
package protocol FlowTransaction {
    /// Every flow, by name.
    func flowRecords() throws -> [FlowRecord]

    /// As ``flowRecords()``, with documents that are not read yet.
    func storedFlows() throws -> [StoredFlow]

    /// One flow; `nil` when there is none of that name.
    func flowRecord(_ id: FlowID) throws -> FlowRecord?

    /// Inserts the flow or replaces the one of the same name. A path that another flow has is an error.
    func save(_ record: FlowRecord) throws
}
