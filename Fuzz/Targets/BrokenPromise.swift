/// Something that the engine promises for every input and that did not hold for one.
package struct BrokenPromise: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

/// Throws `BrokenPromise` unless the condition holds.
func promise(_ condition: Bool, _ promise: @autoclosure () -> String) throws(BrokenPromise) {
    guard condition else { throw BrokenPromise(promise()) }
}
