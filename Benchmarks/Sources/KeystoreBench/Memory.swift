import Foundation

/// What the process holds.
enum Memory {
    /// In whole megabytes; 0 where the system does not say.
    static var residentMegabytes: Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * 4096 >> 20
    }
}
