import ManagementAPI
import Testing

extension World {
    /// Plans and starts the renewal of a key.
    func startRenewal(of alias: String) async throws -> RenewalResource {
        let administrator = api(.administrator)
        return try await administrator.startRenewal(administrator.createRenewal(PlanRenewal(alias: alias)).id)
    }

    /// A person says that the first step of that kind is done.
    func claim(_ kind: String, of renewal: String, by person: Person = .administrator) async throws {
        let step = try #require(try await api(.administrator).renewal(renewal).steps.first { $0.kind == kind })
        _ = try await api(person).claim(step.id, of: renewal)
    }

    /// Everybody acknowledges what they were told.
    func acknowledgeAll() async throws {
        for person in Person.everybody {
            for unread in try await api(person).notifications() where unread.acknowledgedAt == nil {
                _ = try await api(person).acknowledge(unread.id)
            }
        }
    }
}
