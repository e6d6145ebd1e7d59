/// An element of the Security header that is known before anything is computed.
struct HeaderElement {
    /// What settings call it; `nil` when they cannot name it.
    let part: MessagePart?
    /// Its id; needs no escaping.
    let id: String
    let octets: [UInt8]

    init(_ part: MessagePart?, id: String, text: String) {
        self.init(part, id: id, octets: Array(text.utf8))
    }

    init(_ part: MessagePart?, id: String, octets: [UInt8]) {
        self.part = part
        self.id = id
        self.octets = octets
    }
}

/// What the Security header holds besides wrapped keys and signatures, in the order of its layout.
struct HeaderContents {
    /// In front of the wrapped keys and all that they encrypt.
    var front: [HeaderElement] = []
    /// In front of the signatures, which cover or use it.
    var middle: [HeaderElement] = []
    /// Behind the signatures: wrapped keys where encrypting came first, and what they encrypt.
    var back: [HeaderElement] = []
    /// Behind everything else, what the header held already included.
    var last: [HeaderElement] = []

    /// Everything that goes in front of what the header holds already.
    var leading: [HeaderElement] { front + middle + back }
}
