import Logging
import Synchronization

/// Collects the ports of a process's listeners and writes the ports file when the last is up.
final class ListeningPorts: Sendable {
    private struct State {
        var control: Int?
        var soap: Int?
    }

    private let needsSOAP: Bool
    private let file: String?
    private let logger: Logger
    private let state = Mutex(State())

    init(needsSOAP: Bool, file: String?, logger: Logger) {
        self.needsSOAP = needsSOAP
        self.file = file
        self.logger = logger
    }

    func note(control port: Int?) {
        note { $0.control = port }
        logger.notice("control listens", metadata: ["port": "\(port ?? 0)"])
    }

    func note(soap port: Int?) {
        note { $0.soap = port }
        logger.notice("soap listens", metadata: ["port": "\(port ?? 0)"])
    }

    private func note(_ change: (inout State) -> Void) {
        let ports = state.withLock { state -> PartnerPorts? in
            change(&state)
            guard let control = state.control, state.soap != nil || !needsSOAP else { return nil }
            return PartnerPorts(control: control, soap: state.soap)
        }
        guard let ports, let file else { return }
        do {
            try ports.write(path: file)
        } catch {
            logger.error("the ports file cannot be written", metadata: ["file": "\(file)", "cause": "\(error)"])
        }
    }
}
