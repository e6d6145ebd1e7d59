/// What a multipart message may cost at most.
package struct MultipartLimits: Hashable, Sendable {
    /// Body parts.
    package var partCount = 256
    /// Octets of one part's header, its blank line included.
    package var headerOctetCount = 8192
    /// Fields of one part's header.
    package var fieldCount = 32
    /// Octets before the first part.
    package var preambleOctetCount = 4096
    /// Octets of the root part, which is held in memory.
    package var rootOctetCount = 10 << 20

    /// The standard limits.
    package init() {}
}
