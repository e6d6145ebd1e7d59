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
        let own = """
            listen: {control: "127.0.0.1:0", soap: "127.0.0.1:0"}
            oneWayPaths: [/notices]
            """
        return RehearsalPartner(name: lane.receiver, role: "receiver", configuration: common(lane.receiver, lane) + own)
    }

    /// The sender of `lane`, which sends to the tenant's flows once it is told to.
    static func sender(_ lane: Lane, messagePort: Int, rate: Double) -> RehearsalPartner {
        let own = """
            listen: {control: "127.0.0.1:0"}
            sending: false
            timeout: 30
            targets:
              - {url: "http://127.0.0.1:\(messagePort)/in/\(lane.orders)", pattern: requestReply, rate: \(rate)}
              - {url: "http://127.0.0.1:\(messagePort)/in/\(lane.notices)", pattern: oneWay, rate: \(rate)}
            """
        return RehearsalPartner(name: lane.sender, role: "sender", configuration: common(lane.sender, lane) + own)
    }

    private static func common(_ name: String, _ lane: Lane) -> String {
        """
        name: \(name)
        keys: \(lane.keys)
        folder: ./\(name)
        portsFile: ./\(name).ports
        tokenFile: ./\(name).control-token
        clock: {rehearsalOffsetFile: ./clock}
        keyPairs: [{use: sign, create: rsa-2048}, {use: decrypt, create: rsa-2048}]

        """
    }
}
