import Cryptography
import Foundation

/// Looks for content and key octets in every file below a folder.
struct SecretSearch {
    /// A secret as it would show in a file.
    private struct Needle {
        let name: String
        let octets: Data
    }

    private let needles: [Needle]

    init(keys: PartnerKeys, masterKey: [UInt8]) throws {
        var needles: [Needle] = []
        func add(_ name: String, _ octets: Data) {
            needles.append(Needle(name: name, octets: octets))
            needles.append(Needle(name: name + " in hexadecimal", octets: Data(octets.map(Self.hex).joined().utf8)))
        }
        add("content", Data(Order.marker.utf8))
        for shift in 0..<3 { needles.append(Needle(name: "content in Base64", octets: Self.base64(shift))) }
        add("master key", Data(masterKey))
        needles.append(Needle(name: "master key in Base64", octets: Data(Data(masterKey).base64EncodedString().utf8)))
        for (name, pair) in [("signing key", keys.tenantSigning), ("decryption key", keys.tenantDecryption)] {
            let lines = try pair.key.pem().split(separator: "\n").filter { !$0.hasPrefix("-----") }
            // The modulus, which is public, ends within the first 350 octets of a key of 2048 bits; then secrets follow.
            let octets = Data(base64Encoded: lines.joined()) ?? Data()
            for start in stride(from: 352, to: octets.count - 32, by: 96) {
                add(name, octets.subdata(in: start..<start + 24))
            }
            for line in lines.dropFirst(8).dropLast() {
                needles.append(Needle(name: name + " in PEM", octets: Data(line.utf8)))
            }
        }
        self.needles = needles
    }

    /// What was found, and where; `except` are the files in which secrets belong.
    func findings(in folder: URL, except: Set<String> = ["master.key", "token", "developer"]) throws -> [String] {
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        else { throw InVain(description: "\(folder.path) cannot be listed") }
        var findings: [String] = []
        for case let file as URL in files {
            guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true,
                !except.contains(file.lastPathComponent)
            else { continue }
            if file.lastPathComponent.hasPrefix("core") { findings.append("core dump \(file.lastPathComponent)") }
            let octets = try Data(contentsOf: file)
            for needle in needles where octets.range(of: needle.octets) != nil {
                findings.append("\(needle.name) in \(file.lastPathComponent)")
            }
        }
        return findings
    }

    /// The marker's Base64 as it comes out after `shift` octets, without the ends that depend on neighbours.
    private static func base64(_ shift: Int) -> Data {
        let text = Data(repeating: 0x20, count: shift) + Data(Order.marker.utf8)
        return Data(text.base64EncodedString().utf8.dropFirst(4).dropLast(4))
    }

    private static func hex(_ octet: UInt8) -> String { String(octet >> 4, radix: 16) + String(octet & 15, radix: 16) }
}
