import Foundation

/// The two messages of the service, as text; a real one would use its own XML library.
public enum OrderMessage {
    /// The order with that number.
    public static func order(_ number: Int) -> String {
        envelope("<o:Order xmlns:o=\"urn:example:order\"><o:Number>\(number)</o:Number></o:Order>")
    }

    /// The confirmation of the order with that number.
    public static func confirmation(_ number: Int) -> String {
        envelope("<o:Confirmation xmlns:o=\"urn:example:order\"><o:Number>\(number)</o:Number></o:Confirmation>")
    }

    /// The number in a verified body: read from exactly the octets that were signed.
    public static func number(inBody body: [UInt8]) -> Int? {
        String(decoding: body, as: UTF8.self).firstMatch(of: /<o:Number>([0-9]{1,9})<\/o:Number>/)
            .flatMap { Int($0.output.1) }
    }

    private static func envelope(_ body: String) -> String {
        """
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>\(body)</s:Body></s:Envelope>
        """
    }
}
