/// One figure to be taken: an operation on messages of a size by a stack.
struct Cell: Hashable {
    let operation: Operation
    let octetCount: Int
    let stack: String
}
