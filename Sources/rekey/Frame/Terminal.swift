import Foundation

/// What standard output is.
enum Terminal {
    /// How many columns it has; nil when it is no terminal, or does not say.
    static let columns: Int? = {
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }()
}
