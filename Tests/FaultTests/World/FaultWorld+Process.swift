import Foundation

extension FaultWorld {
    /// How many files and connections the tenant has open.
    func descriptorCount() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(processID ?? 0)/fd").count
    }

    /// The tenant's limit of core dumps, as the kernel says it.
    func coreLimit() throws -> String {
        let limits = try String(contentsOfFile: "/proc/\(processID ?? 0)/limits", encoding: .utf8)
        let line = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") } ?? ""
        return line.split(separator: " ").dropFirst(4).prefix(2).joined(separator: " ")
    }
}
