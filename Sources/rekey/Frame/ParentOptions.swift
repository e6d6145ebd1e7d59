import ArgumentParser
import Foundation

/// Lets a process that a rehearsal or a test started end when its parent does, however the parent ends.
struct ParentOptions: ParsableArguments {
    @Flag(help: ArgumentHelp("End when standard input does.", visibility: .hidden))
    var untilStdinCloses = false

    /// Asks this process to end (SIGTERM) once standard input has ended.
    func watch() {
        guard untilStdinCloses else { return }
        Thread.detachNewThread {
            while let octets = try? FileHandle.standardInput.read(upToCount: 4096), !octets.isEmpty {}
            kill(getpid(), SIGTERM)
        }
    }
}
