/// An operation with the time that one takes, at a tenth of the size and at full size.
struct Row {
    let name: String
    let tenth: Duration
    let full: Duration

    private var ratio: Double { full / tenth }

    static func table(_ rows: [Row]) -> String {
        let head = "| operation | a tenth | full size | ratio |\n| --- | --- | --- | --- |\n"
        return head
            + rows.map { row in
                "| \(row.name) | \(text(row.tenth)) | \(text(row.full)) | \(rounded(row.ratio, 2)) |\n"
            }
            .joined()
    }

    private static func text(_ time: Duration) -> String {
        let microseconds = time / .microseconds(1)
        return microseconds < 1_000
            ? "\(rounded(microseconds, 1)) µs"
            : microseconds < 1_000_000
                ? "\(rounded(microseconds / 1_000, 1)) ms" : "\(rounded(microseconds / 1_000_000, 2)) s"
    }

    private static func rounded(_ number: Double, _ places: Int) -> String {
        let factor = places == 1 ? 10.0 : 100.0
        return "\((number * factor).rounded() / factor)"
    }
}
