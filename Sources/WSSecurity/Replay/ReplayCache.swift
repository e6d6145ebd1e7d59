public import FoundationEssentials

/// The memory of a receiver for what it accepted, so that a message that is sent again is refused.
///
/// Several nodes that serve one flow must share one cache. It is asked only about what was verified, so that nobody
/// without a trusted key or password can fill it.
public protocol ReplayCache: Sendable {
    /// Records `marks` until `expiry`, unless one of them is recorded already and has not expired at `now`.
    ///
    /// All of them or none, in one step: of two that come with the same mark at the same time, one gets `repeated`. A
    /// mark counts as long as `now` is not after its expiry. A cache that has no room left for living marks says so
    /// instead of forgetting one. Throws when the cache cannot be reached; the message is then refused.
    func record(_ marks: [ReplayMark], until expiry: Date, now: Date) throws -> ReplayVerdict
}
