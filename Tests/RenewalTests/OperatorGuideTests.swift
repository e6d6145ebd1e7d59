import Foundation
import Renewal
import Testing

@Suite("The operator's guide")
struct OperatorGuideTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../docs/renewal").standardizedFileURL

    @Test("docs/renewal is what the use cases generate; scripts/renewal-guide writes it again")
    func committedPages() throws {
        let pages = try OperatorGuide().pages()
        for page in pages {
            let committed = try String(contentsOf: Self.folder.appending(path: page.name), encoding: .utf8)
            #expect(committed == page.text, "\(page.name) differs: run scripts/renewal-guide")
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path(percentEncoded: false))
        #expect(Set(files) == Set(pages.map(\.name)))
    }

    @Test("Every sentence of a procedure is on its case's page, in its order", arguments: Procedure.all)
    func sentences(_ procedure: Procedure) throws {
        let text = try OperatorGuide().page(of: procedure.useCase).text
        var rest = text[...]
        for step in procedure.steps {
            let found = try #require(rest.range(of: step.title), "\(procedure.useCase): \(step.title)")
            rest = rest[found.upperBound...]
        }
    }

    @Test("Whoever has to act or to acknowledge finds what to type", arguments: UseCaseName.allCases)
    func commands(_ useCase: UseCaseName) throws {
        let text = try OperatorGuide().page(of: useCase).text
        for procedure in Procedure.all where procedure.useCase == useCase {
            for (position, step) in procedure.steps.enumerated() where !step.kind.isPerformedBySystem {
                #expect(text.contains("rekey renewal step \(useCase.alias)-1 \(position + 1)-\(step.kind.slug)"))
            }
        }
    }
}

extension UseCaseName {
    fileprivate var alias: String {
        let system = side == .inbound ? "sender" : "receiver"
        return switch purpose {
        case .sign: "orders-sign"
        case .decrypt: "orders-decrypt"
        case .encrypt: "\(system)-encrypt"
        case .verify: "\(system)-sign"
        }
    }
}
