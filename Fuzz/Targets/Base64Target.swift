import Cryptography

extension FuzzTarget {
    static let base64 = FuzzTarget("base64", "decodes base64; what was decoded encodes to text that decodes to it") {
        (input) throws(BrokenPromise) in
        try checkEncoding(of: input)
        guard let octets = Base64.decode(input) else { return }
        try promise(octets.count <= input.count, "more octets than characters")
        try checkEncoding(of: octets)
        let text = String(decoding: input, as: UTF8.self)
        try promise(Base64.decode(text) == octets, "text and octets decode differently")
        try promise(Base64.decode(input, limit: input.count) == octets, "a limit that is kept refuses")
    }

    private static func checkEncoding(of octets: [UInt8]) throws(BrokenPromise) {
        let encoded = Base64.encodedOctets(octets)
        try promise(Base64.decode(encoded) == octets, "what was encoded does not decode to itself")
        try promise(Array(Base64.encode(octets).utf8) == encoded, "text and octets encode differently")
    }
}
