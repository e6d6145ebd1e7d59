/// A dictionary whose copies share what is the same, so that one change to many keys costs the copy of a small part.
///
/// A look-up takes the same time however many keys there are; a change copies one shard in a thousand.
struct ShardedMap<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private static var shardCount: Int { 1024 }

    private var shards = [[Key: Value]](repeating: [:], count: Self.shardCount)

    init() {}

    /// The value of `key`; `nil` removes it.
    subscript(key: Key) -> Value? {
        get { shards[place(of: key)][key] }
        set { shards[place(of: key)][key] = newValue }
    }

    /// Every value, in no order.
    var values: some Sequence<Value> { shards.lazy.flatMap(\.values) }

    /// Every key, in no order.
    var keys: some Sequence<Key> { shards.lazy.flatMap(\.keys) }

    private func place(of key: Key) -> Int { Int(UInt(bitPattern: key.hashValue) % UInt(Self.shardCount)) }
}

extension ShardedMap where Value == [KeyVersionID] {
    /// Adds `id` to those at `key`, in order.
    mutating func insert(_ id: KeyVersionID, at key: Key) {
        let found = self[key] ?? []
        if !found.contains(id) { self[key] = (found + [id]).sorted() }
    }

    /// Takes `id` from those at `key`.
    mutating func remove(_ id: KeyVersionID, at key: Key) {
        let rest = self[key]?.filter { $0 != id } ?? []
        self[key] = rest.isEmpty ? nil : rest
    }
}
