/// Why a rehearsal could not go on.
struct DrillError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
