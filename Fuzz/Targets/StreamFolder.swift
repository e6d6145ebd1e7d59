import FoundationEssentials

/// A folder of its own for the files of one message, which goes with it.
struct StreamFolder: ~Copyable {
    let url: URL
    var output: URL { url.appending(path: "output") }

    /// Without a place for files no stream can run.
    init() {
        url = FileManager.default.temporaryDirectory.appending(path: "rekey-fuzz-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            fatalError("no folder for files: \(error)")
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The names of the files that are there.
    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [] }
}
