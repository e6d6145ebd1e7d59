import Foundation
import FuzzTargets
import TestSupport
import Testing

@Suite("What fuzzing found once keeps its promise now, and so do the seeds")
struct ReplayTests {
    private static let folder = Vectors.folder.appending(path: "fuzz")

    /// The files of a folder below `Tests/Vectors`, with those of its folders.
    private static func files(in path: String) throws -> [[UInt8]] {
        let folder = Vectors.folder.appending(path: path)
        let names = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        return try (names?.allObjects as? [URL] ?? [])
            .filter { try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true }
            .map { try [UInt8](Data(contentsOf: $0)) }
    }

    @Test("each finding", arguments: FuzzTarget.all.map(\.name))
    func findings(_ name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        guard FileManager.default.fileExists(atPath: Self.folder.appending(path: name).path) else { return }
        for input in try Self.files(in: "fuzz/" + name) { try target.run(input) }
    }

    @Test("every folder of findings is a target's")
    func names() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(names).subtracting(["README.md"]).isSubset(of: FuzzTarget.all.map(\.name)))
    }

    @Test("seeds", arguments: FuzzTarget.all.map(\.name))
    func seeds(_ name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        for input in try Self.files(in: "attacks") + Self.files(in: "keys") { try target.run(input) }
    }
}
