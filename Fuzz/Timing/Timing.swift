import Cryptography
import Dispatch
import Foundation
import FuzzTargets

/// Measures how long the engine takes to refuse forged ciphertexts, and whether their kinds can be told apart by it.
///
/// `rekey-timing [TRIES]`; reports, and decides nothing.
@main
enum Timing {
    static func main() throws {
        let tries = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 10_000
        print("oracle\tkind\ttries\tmedian µs\tmean µs\tt against the first kind")
        for oracle in try Oracle.all() {
            var samples = [Samples](repeating: Samples(), count: oracle.kinds.count)
            for kind in oracle.kinds { for message in kind.messages.prefix(8) { try oracle.refuse(message) } }
            for round in 0..<tries {
                // In a new order each time, so that no kind always follows another.
                for index in oracle.kinds.indices.shuffled() {
                    let messages = oracle.kinds[index].messages
                    let message = messages[round % messages.count]
                    let start = DispatchTime.now().uptimeNanoseconds
                    try oracle.refuse(message)
                    samples[index].add(Double(DispatchTime.now().uptimeNanoseconds - start) / 1000)
                }
            }
            for (kind, sample) in zip(oracle.kinds, samples) {
                let figures = [sample.median, sample.mean, sample.difference(from: samples[0])]
                    .map { String(format: "%.2f", $0) }
                print(oracle.name, kind.name, "\(tries)", figures.joined(separator: "\t"), separator: "\t")
            }
        }
    }
}
