/// Purchase orders of a wanted size, dense in tags, the same at every run.
enum OrderMessage {
    /// A SOAP 1.1 envelope of nearly `octetCount` octets.
    static func octets(_ octetCount: Int) -> [UInt8] {
        var numbers = Numbers(state: 0x5EED)
        var octets = Array(head.utf8)
        let tail = Array("</po:Lines></po:PurchaseOrder></soapenv:Body></soapenv:Envelope>".utf8)
        octets.reserveCapacity(octetCount)
        var number = 1
        while true {
            let line = Array(line(number, &numbers).utf8)
            guard octets.count + line.count + tail.count <= octetCount || number == 1 else { break }
            octets += line
            number += 1
        }
        return octets + tail
    }

    private static let head = """
        <?xml version="1.0" encoding="UTF-8"?>
        <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" \
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <soapenv:Header>
            <wsa:To xmlns:wsa="http://www.w3.org/2005/08/addressing">http://receiver.example/orders</wsa:To>
            <wsa:Action xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:example:order</wsa:Action>
          </soapenv:Header>
          <soapenv:Body><po:PurchaseOrder xmlns:po="urn:example:order" xmlns:cm="urn:example:common" version="1.4">
            <po:Buyer xsi:type="po:PartyType"><cm:Name>M&#252;ller &amp; S&#xF6;hne</cm:Name></po:Buyer><po:Lines>

        """

    private static let words = [
        "bracket", "valve", "bearing", "M8x40", "stainless", "coated", "ring", "Größe", "naïve",
    ]

    private static func line(_ number: Int, _ numbers: inout Numbers) -> String {
        let text = (0..<3 + numbers.next(6)).map { _ in words[numbers.next(words.count)] }.joined(separator: " ")
        let price = 100 + numbers.next(900_000)
        return """
                  <po:Line number="\(number)" xml:lang="en" po:status='open'>
                    <po:Item scheme="urn:example:gtin">\(1_000_000_000 + numbers.next(1_000_000_000))</po:Item>
                    <po:Text>\(text) &lt;see note&gt;</po:Text>
                    <po:Quantity unit="EA">\(1 + numbers.next(900))</po:Quantity>
                    <po:Price currency="EUR" xmlns:tax="urn:example:tax"><po:Amount>\(price)</po:Amount>\
            <tax:Rate code="S">19</tax:Rate></po:Price>
                    <cm:Notes/><cm:Date>2026-0\(1 + numbers.next(9))-1\(numbers.next(10))</cm:Date>
                  </po:Line>

            """
    }

    private struct Numbers {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
    }
}
