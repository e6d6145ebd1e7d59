/// What came of every cell, as a page that holds nothing that changes from run to run.
struct MatrixReport {
    let records: [DirectionRecord]

    var text: String {
        ([introduction, summary] + ForeignStack.allCases.map(section)).joined(separator: "\n") + "\n"
    }

    private var introduction: String {
        """
        # Interoperability

        Written by `Tests/InteropTests/Matrix`; `REKEY_WRITE_INTEROP=1 scripts/test --filter MatrixTests` writes it anew, and every other
        run fails when it would say something else.

        A cell is one message: one side protects it, the other must verify and decrypt it under a policy that demands exactly what the
        cell protects and allows exactly its algorithms. The kinds of messages are:
        \(Family.allCases.map(\.rawValue).joined(separator: ", ")).
        The cells of a kind cover its options pairwise: any two values that go together and that both sides know occur together in at least
        one message. What a peer is said to be unable to do is tried too, and must fail, unless the reason says that it fails only at times
        or that nothing tells. Elliptic curves go with the hash: P-256, P-384, P-521. Before it counts,
        each peer must refuse a message that was changed or that a stranger signed.

        WSS4J works with the Basic Security Profile's checks on, except for what the profile leaves out (AES-192, GCM, inclusive forms,
        `ds:KeyValue`, other key transports). Santuario, python-xmlsec, signxml and xmlsec1 know XML Signature and Encryption but no
        WS-Security: the Security header around their work is written and followed by the programs in `Peers/`. libxmlsec is given both
        keys of an agreement by name, because it reads neither `dsig11:ECKeyValue` nor references of WS-Security.

        """
    }

    private var summary: String {
        let rows = ForeignStack.allCases.map { stack in
            let marks = DirectionRecord.Direction.allCases.map { direction in
                records.first { $0.stack == stack && $0.direction == direction }.map(count) ?? "–"
            }
            return "| \(stack.title) | \(marks.joined(separator: " | ")) |"
        }
        return (["| stack | Rekey writes, it reads | it writes, Rekey reads |", "| --- | --- | --- |"] + rows)
            .joined(separator: "\n") + "\n"
    }

    private func count(_ record: DirectionRecord) -> String {
        let passed = record.reasons.count { $0 == nil }
        return "\(passed) of \(record.cells.count) messages"
    }

    private func section(_ stack: ForeignStack) -> String {
        (["## \(stack.title)\n"] + records.filter { $0.stack == stack }.map(part)).joined(separator: "\n")
    }

    private func part(_ record: DirectionRecord) -> String {
        var lines = ["### \(record.title)", "", "| option | passed, with the number of messages |", "| --- | --- |"]
        for option in Option.allCases {
            let values = known(option)
                .compactMap { value in
                    let count = zip(record.cells, record.reasons).count { $0.0.holds(option, value) && $0.1 == nil }
                    return count == 0 ? nil : "\(spoken(value)) (\(count))"
                }
            if !values.isEmpty { lines.append("| \(option.title) | \(values.joined(separator: ", ")) |") }
        }
        lines += ["", "| not possible | value | why |", "| --- | --- | --- |"]
        lines += refusals(record)
        return lines.joined(separator: "\n") + "\n"
    }

    private func refusals(_ record: DirectionRecord) -> [String] {
        let peer = record.peerLimits.map { ($0, "\(record.stack.title): \($0.reason)") }
        let rekey = record.rekeyLimits.map { ($0, $0.reason) }
        return (peer + rekey)
            .map { limit, reason in
                let titles = limit.conditions.map(\.option.title).joined(separator: " with ")
                let values = limit.conditions.map { condition in
                    known(condition.option).filter(condition.values.contains).map(spoken).joined(separator: ", ")
                }
                return "| \(titles) | \(values.joined(separator: " with ")) | \(reason) |"
            }
    }

    /// The option's values in the order of the families.
    private func known(_ option: Option) -> [String] {
        Family.allCases.flatMap { family in family.options.filter { $0.option == option }.flatMap(\.values) }
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private func spoken(_ value: String) -> String {
        value.replacing(",", with: " + ")
    }
}
