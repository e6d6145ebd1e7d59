/// An operation with its times at a tenth of the size and at full size.
struct Row {
    let name: String
    var tenth = Samples()
    var full = Samples()

    private var ratio: Double { tenth.median > .zero ? full.median / tenth.median : 0 }

    static func table(_ rows: [Row]) -> String {
        let head =
            "| operation | a tenth | spread | full size | spread | ratio |\n| --- | --- | --- | --- | --- | --- |\n"
        return head
            + rows.map { row in
                "| \(row.name) | \(text(row.tenth)) | \(text(row.full)) | \(rounded(row.ratio, 10)) |\n"
            }
            .joined()
    }

    private static func text(_ samples: Samples) -> String {
        let spread = samples.times.count > 2 ? "\(Int((samples.spread * 100).rounded())) %" : "–"
        return "\(text(samples.median)) | \(spread)"
    }

    private static func text(_ time: Duration) -> String {
        let microseconds = time / .microseconds(1)
        return switch microseconds {
        case ..<1_000: "\(rounded(microseconds, 10)) µs"
        case ..<1_000_000: "\(rounded(microseconds / 1_000, 10)) ms"
        default: "\(rounded(microseconds / 1_000_000, 100)) s"
        }
    }

    private static func rounded(_ number: Double, _ steps: Double) -> String { "\((number * steps).rounded() / steps)" }
}
