import COpenSSL

/// The error queue that libcrypto keeps for each thread.
enum ErrorQueue {
    /// The reason of the newest error, for people; empties the queue.
    ///
    /// Reasons are fixed texts, never data.
    static func takeReason() -> String {
        defer { ERR_clear_error() }
        return peekReason()
    }

    /// The reason of the newest error; leaves the queue as it is.
    static func peekReason() -> String {
        let code = ERR_peek_last_error()
        guard code != 0, let text = ERR_reason_error_string(code) else { return "no reason given" }
        return String(cString: text)
    }

    /// Whether any queued error says that an algorithm is not available; leaves the queue empty.
    static func takeUnsupported() -> Bool {
        var isUnsupported = false
        while case let code = ERR_get_error(), code != 0 {
            if rekey_error_is_unsupported(code) == 1 { isUnsupported = true }
        }
        return isUnsupported
    }

    /// An error for `operation` with the queued reason.
    static func failure(of operation: String) -> CryptographyError {
        .operationFailed(operation: operation, reason: takeReason())
    }
}

/// Stops the program where libcrypto itself is broken (no memory, no entropy, a provider without SHA-2).
///
/// Never reached by input. Going on would compute something else than what was asked.
func stopForBrokenLibrary(_ what: StaticString) -> Never {
    preconditionFailure("libcrypto cannot provide \(what)")
}
