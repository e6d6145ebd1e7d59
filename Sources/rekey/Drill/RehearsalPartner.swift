/// A partner process of the rehearsal and the configuration it starts with.
struct RehearsalPartner {
    /// Its name, which is also its organisation.
    let name: String
    /// `sender` or `receiver`.
    let role: String
    /// Its YAML file.
    let configuration: String

    /// The receiver of `lane`.
    static func receiver(_ lane: Lane) -> RehearsalPartner {
        RehearsalPartner(name: lane.receiver, role: "receiver", configuration: common(lane.receiver, lane))
    }

    /// The sender of `lane`, which sends to the tenant's flows.
    static func sender(_ lane: Lane, messagePort: Int, rate: Double) -> RehearsalPartner {
        let targets = """

            targets:
              - {url: "http://127.0.0.1:\(messagePort)/in/\(lane.orders)", pattern: requestReply, rate: \(rate)}
              - {url: "http://127.0.0.1:\(messagePort)/in/\(lane.notices)", pattern: oneWay, rate: \(rate)}
            """
        return RehearsalPartner(name: lane.sender, role: "sender", configuration: common(lane.sender, lane) + targets)
    }
}
