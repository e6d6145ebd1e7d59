import WSSecurity

/// Where octets are put as they arrive: in memory at first, and into a spool file when they become many.
package struct PayloadWriter: Sendable {
    private let terms: PayloadTerms
    private var held: [UInt8] = []
    private var file: SpoolFile?
    /// How many octets there are so far.
    package private(set) var octetCount = 0

    /// A writer that keeps to `terms`.
    package init(_ terms: PayloadTerms) { self.terms = terms }

    /// Adds octets; throws ``BodyError/tooLarge(limit:)`` and drops everything when they are too many.
    package mutating func append(_ octets: Span<UInt8>) throws(BodyError) {
        guard octetCount + octets.count <= terms.octetLimit else {
            (held, file) = ([], nil)
            throw .tooLarge(limit: terms.octetLimit)
        }
        octetCount += octets.count
        do throws(LargeMessageError) {
            if file == nil, octetCount > terms.spoolThreshold {
                let file = try SpoolFile(temporaryIn: terms.spoolFolder)
                try file.append(held.span)
                held = []
                self.file = file
            }
            if let file {
                try file.append(octets)
            } else {
                octets.withUnsafeBufferPointer { held.append(contentsOf: $0) }
            }
        } catch {
            throw .file(error)
        }
    }

    /// What was put in.
    package consuming func finish() -> Payload {
        if let file { Payload(file) } else { Payload(held) }
    }
}
