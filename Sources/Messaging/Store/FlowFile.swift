/// A file of the configuration's folder whose flow the tenant knows.
package struct FlowFile: Hashable, Sendable {
    /// Where it is.
    package let path: String
    /// By what it is told from what it was.
    package let mark: String

    package init(path: String, mark: String) {
        self.path = path
        self.mark = mark
    }
}
