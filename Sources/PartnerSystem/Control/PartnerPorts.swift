import Foundation

/// The ports on which a partner process listens, as it writes them to its ports file once every listener is up.
///
/// The file is replaced atomically, so that its presence means that the process is ready.
package struct PartnerPorts: Codable, Hashable, Sendable {
    /// The port of the control interface.
    package var control: Int
    /// The port on which a receiver takes SOAP messages; absent for a sender.
    package var soap: Int?

    package init(control: Int, soap: Int? = nil) {
        self.control = control
        self.soap = soap
    }

    /// Reads a ports file.
    ///
    /// - Throws: when the file is missing (the process is not ready yet) or not such a file.
    package init(path: String) throws {
        self = try PartnerJSON.decode(Self.self, from: Data(contentsOf: URL(filePath: path)))
    }

    func write(path: String) throws {
        try PartnerJSON.encode(self).write(to: URL(filePath: path), options: .atomic)
    }
}
