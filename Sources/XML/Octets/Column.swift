/// A growing row of fixed-size values with one owner: every access is checked, none looks for uniqueness.
///
/// The only hand-managed memory of `XML`: tables in arrays would cost a uniqueness check a token, and a copy when the
/// scanner hands them to the tape. Sharing is unchecked: only an owner can change a column, a tape owns its columns as
/// constants, and elements are plain bits.
struct Column<Element: BitwiseCopyable & Sendable>: ~Copyable, @unchecked Sendable {
    private var storage: UnsafeMutableBufferPointer<Element>
    private(set) var count = 0

    /// An empty column; with no capacity it takes no memory until something is appended.
    init(capacity: Int) {
        storage =
            capacity == 0
            ? UnsafeMutableBufferPointer(start: nil, count: 0)
            : Self.bound(TableMemory.take(max(capacity, 8) * MemoryLayout<Element>.stride))
    }

    /// A copy with room for `capacity` elements at least.
    init(copying other: borrowing Column, capacity: Int) {
        self.init(capacity: max(capacity, other.count))
        _ = storage.initialize(fromContentsOf: other.storage.extracting(0..<other.count))
        count = other.count
    }

    deinit { TableMemory.release(UnsafeMutableRawBufferPointer(storage)) }

    subscript(_ index: Int) -> Element {
        @inline(__always) get {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
            return storage[index]
        }
        @inline(__always) set {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
            storage[index] = newValue
        }
    }

    @inline(__always)
    subscript(_ index: UInt32) -> Element {
        get { self[Int(index)] }
        set { self[Int(index)] = newValue }
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == storage.count { grow(to: count + 1) }
        storage.initializeElement(at: count, to: element)
        count += 1
    }

    mutating func append(repeating element: Element, count added: Int) {
        if count + added > storage.count { grow(to: count + added) }
        storage.extracting(count..<count + added).initialize(repeating: element)
        count += added
    }

    /// Appends `range` of `source`, which must lie within it.
    @inline(__always)
    mutating func append(_ source: Span<Element>, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        if count + range.count > storage.count { grow(to: count + range.count) }
        source.extracting(range)
            .withUnsafeBufferPointer { part in
                _ = storage.extracting(count..<count + part.count).initialize(fromContentsOf: part)
            }
        count += range.count
    }

    /// Drops what is at `newCount` and after it.
    @inline(__always)
    mutating func truncate(to newCount: Int) {
        precondition(newCount >= 0 && newCount <= count)
        count = newCount
    }

    /// Drops the first elements and moves the others to the front.
    mutating func removeFirst(_ dropped: Int) {
        precondition(dropped >= 0 && dropped <= count)
        let rest = UnsafeBufferPointer(storage.extracting(dropped..<count))
        _ = storage.extracting(0..<count - dropped).update(fromContentsOf: rest)
        count -= dropped
    }

    /// Lends the elements.
    @inline(__always)
    func withSpan<Result, Failure: Error>(_ body: (Span<Element>) throws(Failure) -> Result) throws(Failure) -> Result {
        try body(UnsafeBufferPointer(storage.extracting(0..<count)).span)
    }

    /// A copy of the elements.
    func array() -> [Element] { Array(storage.extracting(0..<count)) }

    private mutating func grow(to needed: Int) {
        let capacity = max(needed, storage.count * 2, 8)
        let memory = UnsafeMutableRawBufferPointer(storage)
        storage = Self.bound(TableMemory.grow(memory, to: capacity * MemoryLayout<Element>.stride))
    }

    private static func bound(_ memory: UnsafeMutableRawBufferPointer) -> UnsafeMutableBufferPointer<Element> {
        memory.bindMemory(to: Element.self)
    }
}

extension Column {
    /// Orders the elements: a few in place, many by the standard library.
    mutating func sort(by precedes: (Element, Element) -> Bool) {
        guard count <= 12 else {
            let ordered = array().sorted(by: precedes)
            truncate(to: 0)
            return append(ordered.span, 0..<ordered.count)
        }
        for index in 0..<count {
            let element = self[index]
            var place = index
            while place > 0, precedes(element, self[place - 1]) {
                self[place] = self[place - 1]
                place -= 1
            }
            self[place] = element
        }
    }
}
