import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import Renewal

/// The small HTML pages behind the links of mails: no script, no style, nothing from elsewhere.
struct LinkPage {
    private let status: HTTPResponse.Status
    private let title: String
    private let body: String

    /// The page as it is answered: kept by nobody, framed by nobody, its address told to nobody.
    var response: Response {
        let html = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\
            <title>\(Self.escaped(title))</title></head>
            <body><h1>\(Self.escaped(title))</h1>
            \(body)
            </body></html>

            """
        var headers: HTTPFields = [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"]
        for (name, value) in Self.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        if status == .tooManyRequests { headers[.retryAfter] = "60" }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    private static let headers = [
        "Content-Security-Policy":
            "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; sandbox allow-forms",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex",
    ]

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }

    private static func paragraphs(_ lines: [String]) -> String {
        lines.map { "<p>\(escaped($0))</p>" }.joined(separator: "\n")
    }
}

extension LinkPage {
    /// What a valid link opens: the text, and a form that does it.
    static func form(_ view: InformLinkView) -> LinkPage {
        let (notification, actor) = (view.notification, view.link.actor)
        var buttons = button("acknowledge", "I have read this")
        if let step = view.claimableStep {
            buttons +=
                "\n" + paragraphs(["Your step: \(step)"]) + "\n"
                + button("claim", "I have read this, and the step is done")
        }
        if let window = view.proposal {
            let moments = "\(window.start.formatted(.iso8601)) to \(window.end.formatted(.iso8601))"
            buttons +=
                "\n" + paragraphs(["Proposed downtime (UTC): \(moments)"]) + "\n"
                + button("claim", "I have read this, and accept the downtime")
        }
        let text = notification.fullText.split(separator: "\n").map(String.init)
        let whom =
            "For \(actor.name), \(notification.addressee). If that is not you, close this page: whoever acknowledges "
            + "does so in that name, and it is recorded."
        return LinkPage(
            status: .ok,
            title: notification.subject,
            body: paragraphs(text + [whom]) + "\n<form method=\"post\">\n\(buttons)\n</form>"
        )
    }

    /// After it was done.
    static func done(_ notification: RenewalNotification, claimed: Bool) -> LinkPage {
        let place = notification.key == nil ? "the journal of the renewal \(notification.renewal)" : "the audit log"
        return LinkPage(
            status: .ok,
            title: "Thank you",
            body: paragraphs([
                claimed ? "Acknowledged, and what you said of the step is recorded." : "Acknowledged.",
                "It is recorded in \(place). The link works no more.",
            ])
        )
    }

    /// A link that was used, also by somebody to whom it was forwarded.
    static func used(_ view: InformLinkView) -> LinkPage {
        let by = view.notification.acknowledgedBy.map { " by \($0)" } ?? ""
        return LinkPage(
            status: .gone,
            title: "This link was used already",
            body: paragraphs([
                "\(view.notification.subject) was acknowledged\(by); a link works once.",
                "If that was not you, tell the tenant administrator now.",
            ])
        )
    }

    /// A link whose time is over.
    static func expired(_ view: InformLinkView) -> LinkPage {
        LinkPage(
            status: .gone,
            title: "This link has expired",
            body: paragraphs([
                "\(view.notification.subject) can no longer be acknowledged here.",
                "Acknowledge it with rekey inbox, or ask the tenant administrator to send it again.",
            ])
        )
    }

    /// A link that opens nothing.
    static let unknown = LinkPage(
        status: .notFound,
        title: "This link opens nothing",
        body: paragraphs(["Copy it whole from the newest mail, or acknowledge with rekey inbox."])
    )

    /// Too many links that opened nothing.
    static let throttled = LinkPage(
        status: .tooManyRequests,
        title: "Too many wrong links",
        body: paragraphs(["Wait a minute, then open the link of the newest mail."])
    )

    /// The renewal refuses.
    static func refused(_ refusal: RenewalRefusal) -> LinkPage {
        LinkPage(status: .conflict, title: "Not done", body: paragraphs([refusal.reason, refusal.remedy]))
    }

    /// The form was not sent as the page has it.
    static let malformed = LinkPage(
        status: .badRequest,
        title: "Not understood",
        body: paragraphs(["Open the link again and use its buttons."])
    )

    private static func button(_ act: String, _ text: String) -> String {
        "<p><button name=\"act\" value=\"\(act)\">\(escaped(text))</button></p>"
    }
}
