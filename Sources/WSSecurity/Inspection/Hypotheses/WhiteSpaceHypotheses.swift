import XML
import XMLSignature

/// White space that came or went between signing and arrival.
enum WhiteSpaceHypotheses {
    static func list(_ subject: CanonicalSubject) -> [ChangeHypothesis] {
        let stripped = strippingEdits(subject)
        var list = [
            ChangeHypothesis(.whiteSpaceAdded) { subject.octets(after: stripped) },
            ChangeHypothesis(.valuesPadded) { subject.octets(after: trimmingEdits(subject)) },
            ChangeHypothesis(.whiteSpaceAdded, "and round values") {
                subject.octets(after: stripped + trimmingEdits(subject))
            },
            ChangeHypothesis(.whiteSpaceRemoved, "a line end at the end of the element") {
                let end = subject.document.contentRange(of: subject.node).upperBound
                guard !subject.document.isEmptyElementTag(subject.node) else { return nil }
                return subject.octets(after: [XMLEdit(inserting: [0x0A], at: end)])
            },
        ]
        let depth = subject.document.depth(of: subject.node)
        for unit in ["  ", "    ", "\t", "   ", " ", ""] {
            for base in depth == 0 ? [0] : [depth, 0] {
                for lineEnd in ["\n", "&#13;\n"] {
                    list.append(
                        ChangeHypothesis(.whiteSpaceRemoved, description(unit, lineEnd)) {
                            subject.octets(
                                after: stripped + indentingEdits(subject, unit: unit, base: base, lineEnd: lineEnd)
                            )
                        }
                    )
                }
            }
        }
        return list
    }

    private static func description(_ unit: String, _ lineEnd: String) -> String {
        let indent =
            switch unit {
            case "": "one element a line"
            case "\t": "it was indented by tabs"
            default: "it was indented by \(unit.count)"
            }
        return lineEnd == "\n" ? indent : indent + ", with CR LF"
    }

    /// Takes out the white space between elements; a value that is white space alone stays.
    private static func strippingEdits(_ subject: CanonicalSubject) -> [XMLEdit] {
        let document = subject.document
        return subject.textNodes
            .filter { node in
                guard document.textOctets(of: node).allSatisfy(\.isXMLSpace), let parent = document.parent(of: node)
                else { return false }
                return document.elements(in: parent).first { _ in true } != nil
            }
            .map { XMLEdit(range: document.range(of: $0), replacement: []) }
    }

    /// Takes out the white space at both ends of values.
    private static func trimmingEdits(_ subject: CanonicalSubject) -> [XMLEdit] {
        let document = subject.document
        return subject.elements.flatMap { element -> [XMLEdit] in
            guard document.elements(in: element).first(where: { _ in true }) == nil else { return [] }
            let range = document.contentRange(of: element)
            let octets = document.octets[range]
            guard let first = octets.firstIndex(where: { !$0.isXMLSpace }),
                let last = octets.lastIndex(where: { !$0.isXMLSpace })
            else { return range.isEmpty ? [] : [XMLEdit(range: range, replacement: [])] }
            return [range.lowerBound..<first, last + 1..<range.upperBound].filter { !$0.isEmpty }
                .map { XMLEdit(range: $0, replacement: []) }
        }
    }

    /// Puts each element that holds elements alone on lines of their own.
    private static func indentingEdits(
        _ subject: CanonicalSubject,
        unit: String,
        base: Int,
        lineEnd: String
    ) -> [XMLEdit] {
        let document = subject.document
        let shift = document.depth(of: subject.node) - base
        var edits: [XMLEdit] = []
        for element in subject.elements {
            let children = document.children(of: element)
            let elements = Array(document.elements(in: element))
            let isMixed = children.contains { child in
                document.kind(of: child) == .text && !document.textOctets(of: child).allSatisfy(\.isXMLSpace)
            }
            guard !elements.isEmpty, !isMixed else { continue }
            let level = document.depth(of: element) - shift
            let inner = Array((lineEnd + String(repeating: unit, count: level + 1)).utf8)
            let outer = Array((lineEnd + String(repeating: unit, count: level)).utf8)
            edits += elements.map { XMLEdit(inserting: inner, at: document.range(of: $0).lowerBound) }
            edits.append(XMLEdit(inserting: outer, at: document.contentRange(of: element).upperBound))
        }
        return edits
    }
}
