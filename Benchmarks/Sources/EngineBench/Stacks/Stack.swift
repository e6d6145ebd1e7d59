/// An implementation that is measured.
protocol Stack {
    /// The work of `operation` on a message of `octetCount` octets, ready to be repeated; `nil` when it has no such thing.
    func work(_ operation: Operation, octetCount: Int) throws -> (() throws -> Void)?
}
