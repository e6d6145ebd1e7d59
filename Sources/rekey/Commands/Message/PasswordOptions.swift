import ArgumentParser
import Foundation

/// Where the password of an encrypted key comes from; never the command line, which others can read.
struct PasswordOptions: ParsableArguments {
    @Option(
        help: "The file of the key's password; else the environment's REKEY_KEY_PASSWORD; else it is asked for.",
        completion: .file()
    )
    var passwordFile: String?

    /// The password that was given by file or environment; nil when there is none.
    func given() throws(Failure) -> String? {
        try FileInput.password(passwordFile) ?? ProcessInfo.processInfo.environment["REKEY_KEY_PASSWORD"]
    }
}

/// Asks on the terminal, without showing what is typed.
enum PasswordPrompt {
    /// The line that was typed; nil when nobody is there to be asked.
    static func ask(for path: String) -> String? {
        guard isatty(STDERR_FILENO) == 1 else { return nil }
        let terminal = open("/dev/tty", O_RDWR | O_NOCTTY)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var shown = termios()
        guard tcgetattr(terminal, &shown) == 0 else { return nil }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        let handle = FileHandle(fileDescriptor: terminal, closeOnDealloc: false)
        handle.write(Data("password of \(path): ".utf8))
        tcsetattr(terminal, TCSANOW, &hidden)
        defer {
            tcsetattr(terminal, TCSANOW, &shown)
            handle.write(Data("\n".utf8))
        }
        // A terminal hands out whole lines.
        return String(decoding: handle.availableData, as: UTF8.self).split(whereSeparator: \.isNewline).first
            .map(String.init)
    }
}
