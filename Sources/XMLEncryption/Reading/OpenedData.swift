import XML

/// Plaintext in the octets that held its ciphertext.
package struct OpenedData: Sendable {
    private var octets: [UInt8]
    private let range: Range<Int>

    init(octets: [UInt8], range: Range<Int>) {
        self.octets = octets
        self.range = range
    }

    /// Plaintext that came from elsewhere.
    package init(_ plaintext: [UInt8]) {
        self.init(octets: plaintext, range: 0..<plaintext.count)
    }

    /// The plaintext.
    package var plaintext: ArraySlice<UInt8> { octets[range] }

    /// Overwrites large plaintext and keeps its memory for the next message.
    package consuming func giveBack() { ReusableOctets.give(octets) }
}
