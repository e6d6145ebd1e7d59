import ArgumentParser
import Foundation
import Renewal

/// The command `rekey renewal guide`.
struct RenewalGuide: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "guide",
        abstract: "Prints the operator's guide: the steps of a case, who acts, and what each role types.",
        discussion: "Without a case, the index. With --out, writes every page into that folder."
    )
    @Argument(help: "The case, such as TenantSignsOutboundRequest.") var useCase: String?
    @Option(help: "The folder to write all pages into.", completion: .directory) var out: String?

    func run() throws {
        let pages = try OperatorGuide().pages()
        if let out {
            try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
            for page in pages {
                try page.text.write(
                    to: URL(filePath: out).appending(path: page.name),
                    atomically: true,
                    encoding: .utf8
                )
            }
            return
        }
        let name = useCase.map { $0 + ".md" } ?? "README.md"
        guard let page = pages.first(where: { $0.name == name }) else {
            let known = UseCaseName.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure("there is no case \(useCase ?? "")", hint: "the cases are \(known)", status: .usage)
        }
        print(page.text, terminator: "")
    }
}
