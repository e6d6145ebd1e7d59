import Server

/// Which build of the program runs.
///
/// Documents that one build has read are read anew by another, which may find fault with them.
enum ProgramBuild {
    /// The version with the program file's mark; `nil` when that is not known.
    static var name: String? { FileMark.mark(of: "/proc/self/exe").map { "\(ProgramVersion.current) \($0)" } }
}
