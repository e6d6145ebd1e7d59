import Foundation
import PartnerSystem
import Testing

@Suite("Partner systems over real sockets", .timeLimit(.minutes(1)))
struct PartnerTrafficTests {
    @Test("every order is answered and counted once at both ends", arguments: ["1.1", "1.2"])
    func answers(soap: String) async throws {
        try await Pair(mode: .dual)
            .run(soap: soap) { sender, receiver in
                try await sender.client.setSending(true)
                try await sender.wait { $0.counters.answered >= 20 }
                let sent = try await sender.client.setSending(false).counters
                let received = try await receiver.client.status().counters
                #expect(sent.failed == 0)
                #expect(sent.pending == 0)
                #expect(sent.answered == sent.sent)
                #expect(received.received == sent.sent)
                #expect(received.duplicates == 0)
            }
    }

    @Test("one-way orders are accepted and arrive")
    func oneWay() async throws {
        try await Pair(mode: .dual)
            .run(pattern: .oneWay) { sender, receiver in
                try await sender.client.setSending(true)
                try await sender.wait { $0.counters.accepted >= 10 }
                let sent = try await sender.client.setSending(false).counters
                #expect(sent.accepted == sent.sent)
                let arrived = try await Set(receiver.client.messages().map(\.id))
                let left = try await Set(sender.client.messages().map(\.id))
                #expect(arrived == left)
            }
    }

    @Test("while sending is stopped nothing leaves, and the start goes on")
    func stopAndStart() async throws {
        try await Pair(mode: .dual)
            .run { sender, receiver in
                try await sender.client.setSending(true)
                try await sender.wait { $0.counters.answered >= 5 }
                let isSending = try await sender.client.setSending(false).sending
                let arrived = try await receiver.client.status().counters.received
                let later = try await receiver.client.messages().count
                #expect(isSending == false)
                #expect(later == arrived)
                let answered = try await sender.client.setSending(true).counters.answered
                try await sender.wait { status in
                    let hasPaused = status.interruptions.contains { $0.kind == .paused && $0.endedAt != nil }
                    return hasPaused && status.counters.answered >= answered + 5
                }
            }
    }

    @Test("a dual system loses nothing when its counterpart signs with a new key, and shows when it saw which")
    func dualRotation() async throws {
        try await Pair(mode: .dual)
            .run { sender, receiver in
                try await sender.client.setSending(true)
                try await sender.wait { $0.counters.answered >= 5 }
                let new = try await receiver.client.createKeyPair(for: .sign)
                try await sender.client.trust(.verify, certificate: new.certificate)
                try await receiver.client.useKeyPair(.sign, fingerprint: new.fingerprint)
                let seen = try await sender.wait { status in
                    status.inUse(.verify).contains { $0.fingerprint == new.fingerprint && $0.count >= 5 }
                }
                let reports = seen.inUse(.verify)
                let old = try #require(reports.first)
                #expect(old.count >= 5)
                #expect(isInOrder(reports.compactMap(\.firstUsedAt)))
                try await sender.client.setSending(false)
                let removed = try await sender.client.remove(.verify, fingerprint: old.fingerprint)
                #expect(removed.counters.failed == 0)
            }
    }

    @Test("a single system that exchanged too early loses messages, and says why")
    func singleTooEarly() async throws {
        try await Pair(mode: .single)
            .run { sender, receiver in
                try await sender.client.setSending(true)
                try await sender.wait { $0.counters.answered >= 5 }
                let new = try await receiver.client.createKeyPair(for: .sign)
                try await sender.client.trust(.verify, certificate: new.certificate)
                try await sender.wait { $0.counters.failed > 0 }
                let failed = try await sender.client.messages().filter { $0.state == .failed }
                let unexplained = failed.filter { $0.detail?.contains("did not pass") != true }
                #expect(unexplained == [])
            }
    }

    @Test("an order to a receiver that is away is sent again under the same id until it is answered")
    func retries() async throws {
        let pair = try Pair(mode: .dual)
        defer { pair.remove() }
        let folder = pair.folder
        let port = try await RunningPartner.with(pair.receiver(), as: .receiver, in: folder) { receiver in
            let port = try #require(receiver.ports.soap)
            try await RunningPartner.with(pair.sender(to: port), as: .sender, in: folder) { sender in
                try await Pair.introduce(sender, receiver)
            }
            return port
        }
        try FileManager.default.removeItem(at: folder.appending(path: "receiver.ports"))
        try FileManager.default.removeItem(at: folder.appending(path: "sender.ports"))
        try await RunningPartner.with(pair.sender(to: port), as: .sender, in: folder) { sender in
            try await sender.client.setSending(true)
            try await sender.wait { $0.counters.refused > 0 }
            try await RunningPartner.with(pair.receiver(soapPort: port), as: .receiver, in: folder) { receiver in
                try await sender.wait { $0.counters.answered >= 70 }
                let status = try await sender.client.setSending(false)
                #expect(status.counters.failed == 0)
                #expect(status.counters.retried > 0)
                let wasRefused = status.interruptions.contains { $0.kind == .refused && $0.endedAt != nil }
                #expect(wasRefused)
                let messages = try await sender.client.messages()
                let first = try #require(messages.first)
                #expect(first.state == .answered)
                #expect(first.refusals > 0)
            }
        }
    }

    private func isInOrder(_ moments: [Date]) -> Bool {
        moments == moments.sorted()
    }
}
