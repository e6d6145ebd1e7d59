import Testing

extension Tag {
    /// Starts foreign programs; takes seconds where other tests take milliseconds.
    @Tag static var foreign: Self
}
