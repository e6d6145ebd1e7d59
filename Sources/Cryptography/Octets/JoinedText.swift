extension [UInt8] {
    /// The UTF-8 of the texts, one after the other, in one allocation.
    package init(joining texts: String...) {
        self = []
        reserveCapacity(texts.reduce(0) { $0 + $1.utf8.count })
        for text in texts { append(contentsOf: text.utf8) }
    }
}

extension String {
    /// The texts one after the other, in one allocation.
    package init(joining texts: String...) {
        self = ""
        reserveCapacity(texts.reduce(0) { $0 + $1.utf8.count })
        for text in texts { append(text) }
    }
}
