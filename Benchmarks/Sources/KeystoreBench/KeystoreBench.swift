import Foundation

/// `scripts/bench keystore`: what a tenant with many keys costs, at a tenth and at full size.
@main
enum KeystoreBench {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.isEmpty || arguments == ["--quick"] else {
            print(
                "usage: scripts/bench keystore [--quick]\n  --quick  a hundredth and a tenth: good for shapes, not for figures"
            )
            return
        }
        let full = arguments.isEmpty ? Size.full : Size.full.divided(by: 10)
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let tenth = try Measurement(full.divided(by: 10), in: folder)
        try await tenth.run()
        let whole = try Measurement(full, in: folder)
        try await whole.run()
        let rows = zip(tenth.times, whole.times).map { Row(name: $0.name, tenth: $0.time, full: $1.time) }
        print(
            "\(full.aliases) aliases, \(full.partners) partners, \(full.flows) flows, \(full.renewals) renewals at once\n"
        )
        print(Row.table(rows), terminator: "")
    }
}
