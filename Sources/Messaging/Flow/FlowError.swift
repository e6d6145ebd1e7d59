/// Why a flow document was not taken: where, what, and what mends it.
package struct FlowError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The document's file name.
    package let file: String
    /// The line, counted from 1; `nil` when the fault has no line of its own.
    package let line: Int?
    /// The key by its path, such as `sender.request.verify`; empty for the document as a whole.
    package let key: String
    /// What is wrong.
    package let cause: String
    /// What mends it.
    package let mend: String

    package init(file: String, line: Int? = nil, key: String, cause: String, mend: String) {
        self.file = file
        self.line = line
        self.key = key
        self.cause = cause
        self.mend = mend
    }

    /// `orders.yaml:7: sender.path: cause; mend`.
    package var description: String {
        let place = [file, line.map(String.init)].compactMap(\.self).joined(separator: ":")
        return [place, key, "\(cause); \(mend)"].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
