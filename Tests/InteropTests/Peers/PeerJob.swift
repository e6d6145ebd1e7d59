/// One operation for a peer, as one line of its batch.
struct PeerJob {
    let operation: String
    let words: [(name: String, value: String)]

    var line: String {
        ([operation] + words.map { "\($0.name)=\($0.value)" }).joined(separator: "\t")
    }
}
