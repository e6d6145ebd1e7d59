import Synchronization

/// Large arrays that live as long as one message is processed, kept for the next message and overwritten in between.
///
/// An allocator gives them back to the system after every message, and touching fresh memory costs as much as what is done
/// with its octets.
package enum ReusableOctets {
    /// Smaller arrays are not kept, and larger ones neither: they lie on large pages, whose touch costs little.
    private static let kinds = 64 << 10...4 << 20
    /// The most octets that are kept.
    private static let mostKept = 16 << 20

    private static let kept = Mutex<[[UInt8]]>([])

    /// An empty array with room for `count` octets.
    package static func take(roomFor count: Int) -> [UInt8] {
        guard kinds.contains(count), var octets = kept.withLock({ $0.takeBest(for: count) }) else {
            return [UInt8](roomFor: count)
        }
        octets.removeAll(keepingCapacity: true)
        return octets
    }

    /// An array of `count` octets of any value.
    package static func take(count: Int) -> [UInt8] {
        var octets = take(roomFor: count)
        octets.append(contentsOf: repeatElement(0, count: count))
        return octets
    }

    /// Takes an array back that nobody else has, and overwrites it.
    package static func give(_ octets: consuming [UInt8]) {
        guard octets.count >= kinds.lowerBound, kinds.contains(octets.capacity) else { return }
        octets.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        kept.withLock { $0.add(octets, most: mostKept) }
    }
}

extension [[UInt8]] {
    /// Takes out the smallest array that has room, if it is not far too large.
    fileprivate mutating func takeBest(for count: Int) -> [UInt8]? {
        var best: Int?
        for index in indices where self[index].capacity >= count {
            if self[index].capacity < best.map({ self[$0].capacity }) ?? count * 8 { best = index }
        }
        return best.map { remove(at: $0) }
    }

    /// Adds an array; the oldest ones go for it.
    fileprivate mutating func add(_ octets: [UInt8], most: Int) {
        append(octets)
        while reduce(0, { $0 + $1.capacity }) > most { removeFirst() }
    }
}
