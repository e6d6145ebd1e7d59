import Renewal
import Testing

extension StoreConformance {
    static let journalCases: [Case] = [
        Case("A journal comes back in sequence, also after a restart") { suite in
            let store = try await suite.open().renewal
            let entries = (1...5).map { Samples.entry($0) }
            for entry in entries { try await store.write { try $0.appendJournal(entry) } }
            let found = try await suite.open().renewal.read { try $0.journal(of: entries[0].renewal) }
            #expect(found == entries)
        },
        Case("A sequence is given once in a renewal") { suite in
            let store = try await suite.open().renewal
            try await store.write { try $0.appendJournal(Samples.entry(1)) }
            await #expect(throws: (any Error).self) {
                try await store.write { try $0.appendJournal(Samples.entry(1)) }
            }
            try await store.write { try $0.appendJournal(Samples.entry(1, of: "another-1")) }
            let renewals = try await store.read { try $0.renewals().map(\.rawValue) }
            #expect(renewals == ["orders-sign-1", "another-1"])
        },
        Case("Of two who append the same sequence at once, one is refused") { suite in
            let store = try await suite.open().renewal
            let wins = await withTaskGroup(of: Bool.self, returning: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do {
                            try await store.write { try $0.appendJournal(Samples.entry(1)) }
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $1 ? $0 + 1 : $0 }
            }
            #expect(wins == 1)
        },
        Case("A journal with a gap is refused") { suite in
            let store = try await suite.open().renewal
            try await store.write { try $0.appendJournal(Samples.entry(1)) }
            await #expect(throws: (any Error).self) {
                try await store.write { try $0.appendJournal(Samples.entry(3)) }
            }
        },
    ]

    static let notificationCases: [Case] = [
        Case("Notifications reach their addressee in the order written, and keep their acknowledgement") { suite in
            let store = try await suite.open().renewal
            let first = Samples.notification("a")
            let second = Samples.notification("b")
            try await store.write { transaction in
                try transaction.insertNotification(first)
                try transaction.insertNotification(second)
                try transaction.insertNotification(Samples.notification("c", to: .senderAdministrator))
            }
            let acknowledged = first.acknowledged(by: "rita", at: Samples.now)
            try await store.write { try $0.updateNotification(acknowledged) }
            let again = try await suite.open().renewal
            let found = try await again.read { try $0.notifications(to: first.addressee) }
            #expect(found == [acknowledged, second])
            let one = try await again.read { try $0.notification(second.id) }
            #expect(one == second)
        },
        Case("A notification is inserted once, and updated only when it is there") { suite in
            let store = try await suite.open().renewal
            try await store.write { try $0.insertNotification(Samples.notification("a")) }
            await #expect(throws: (any Error).self) {
                try await store.write { try $0.insertNotification(Samples.notification("a")) }
            }
            await #expect(throws: (any Error).self) {
                try await store.write { try $0.updateNotification(Samples.notification("b")) }
            }
        },
    ]
}
