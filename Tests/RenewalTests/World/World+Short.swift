import Renewal

extension World {
    func claim(_ step: StepID, _ person: Actor, _ input: StepInput = StepInput()) async throws {
        _ = try await engine.claim(step, of: id, by: person, input)
    }

    func override(_ step: StepID, _ person: Actor) async throws {
        _ = try await engine.override(step, of: id, by: person, reason: "Agreed by telephone.")
    }
}

extension StepID: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(rawValue: value)
    }
}
