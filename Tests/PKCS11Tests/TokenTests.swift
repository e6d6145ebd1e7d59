import Testing

/// What is shown with a real token.
///
/// One test after the other: SoftHSM has one state for the whole process, which some tests take away.
@Suite(.serialized, .enabled(if: SoftToken.isWanted, "\(SoftToken.absence)"))
enum TokenTests {}
