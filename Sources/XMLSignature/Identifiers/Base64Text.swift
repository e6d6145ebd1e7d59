import Cryptography
package import XML

extension XMLDocument {
    /// The octets whose Base64 is the text of `node`; `nil` when it is no Base64.
    package func base64Octets(of node: NodeID) -> [UInt8]? {
        withTextOctets(of: node) { Base64.decode($0) }
    }
}
