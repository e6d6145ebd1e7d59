/// What the runtime keeps of its flows.
package protocol FlowTransaction {
    /// Every flow, by name.
    func flowRecords() throws -> [FlowRecord]

    /// As ``flowRecords()``, with documents that are not read yet.
    func storedFlows() throws -> [StoredFlow]

    /// One flow; `nil` when there is none of that name.
    func flowRecord(_ id: FlowID) throws -> FlowRecord?

    /// The flow at `path`, its document not read yet; `nil` when there is none.
    func storedFlow(path: String) throws -> StoredFlow?

    /// The flow of that name, its document not read yet; `nil` when there is none.
    func storedFlow(_ id: FlowID) throws -> StoredFlow?

    /// At most `limit` flows after the name `after` (`nil` for the first ones), by name, their documents not read yet.
    func storedFlows(after: String?, limit: Int) throws -> [StoredFlow]

    /// The flows whose documents, as they are now, `reader` did not note to have read.
    func storedFlows(unreadBy reader: String) throws -> [StoredFlow]

    /// Notes that `reader` has read the documents of these flows, and found nothing wrong.
    func noteRead(_ flows: [String], by reader: String) throws

    /// The files that `reader` noted.
    func flowFiles(readBy reader: String) throws -> Set<FlowFile>

    /// Notes that `reader` has read these files, and no others.
    func noteFiles(_ files: Set<FlowFile>, readBy reader: String) throws

    /// Inserts the flow or replaces the one of the same name. A path that another flow has is an error.
    func save(_ record: FlowRecord) throws
}
