import Foundation

/// Core dumps, which would hold private keys.
enum CoreDumps {
    /// Makes sure that this process writes none, whatever happens to it, nor a backtrace with what memory held.
    static func forbid() throws(Failure) {
        var limit = rlimit(rlim_cur: 0, rlim_max: 0)
        guard setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0 else {
            throw Failure("core dumps cannot be switched off, and would hold keys", status: .configuration)
        }
        // The Swift runtime's handlers print the memory that registers point to, and keep the process from ending for seconds.
        for crash in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP] { signal(crash, SIG_DFL) }
    }
}
