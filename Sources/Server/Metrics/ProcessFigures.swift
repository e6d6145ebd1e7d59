import Foundation

/// What the system says about this process.
struct ProcessFigures {
    /// In seconds since 1970.
    let startedAt: Double
    let residentOctetCount: Int
    let descriptorCount: Int

    /// Reads `/proc` (proc(5)); nil where there is none.
    static func read() -> ProcessFigures? {
        guard
            // The second field, the program's name, may hold anything; the others follow its last parenthesis.
            let status = text("/proc/self/stat")?.split(separator: ")").last?.split(separator: " "), status.count > 21,
            let startTicks = Double(status[19]), let residentPages = Int(status[21]),
            let bootLine = text("/proc/stat")?.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }),
            let bootedAt = Double(bootLine.dropFirst(6)),
            let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        else { return nil }
        return ProcessFigures(
            startedAt: bootedAt + startTicks / Double(sysconf(Int32(_SC_CLK_TCK))),
            residentOctetCount: residentPages * sysconf(Int32(_SC_PAGESIZE)),
            descriptorCount: descriptors.count
        )
    }

    private static func text(_ path: String) -> String? {
        try? String(contentsOfFile: path, encoding: .utf8)
    }
}
