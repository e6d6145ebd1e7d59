package import FoundationEssentials

/// The operating system's clock.
package struct SystemWallClock: WallClock {
    /// A clock that needs no set-up.
    package init() {}

    package var now: Date { Date() }
}
