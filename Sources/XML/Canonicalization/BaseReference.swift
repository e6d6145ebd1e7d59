/// A URI reference as Canonical XML 1.1 section 2.4 joins those of `xml:base` (RFC 3986 sections 5.2 and 5.3, amended).
struct BaseReference {
    private var scheme: Substring?
    private var authority: Substring?
    private var path: String
    private var query: Substring?

    /// The function `join-URI-References`: `base` needs no scheme, fragments are dropped.
    static func join(_ base: String, with reference: String) -> String {
        let base = BaseReference(base.hasSuffix("..") ? base + "/" : base)
        var joined = BaseReference(reference)
        if joined.scheme != nil || joined.authority != nil {
            joined.path = removingDotSegments(joined.path)
        } else if joined.path.isEmpty {
            joined.path = base.path
            joined.query = joined.query ?? base.query
        } else {
            joined.path = removingDotSegments(joined.path.hasPrefix("/") ? joined.path : base.merged(joined.path))
        }
        if joined.scheme == nil {
            joined.scheme = base.scheme
            joined.authority = joined.authority ?? base.authority
        }
        return joined.text
    }

    /// RFC 3986 section 5.2.4, amended: leading `..` segments stay, runs of slashes become one, and a path that ends in
    /// `..` ends in a slash.
    static func removingDotSegments(_ path: String) -> String {
        let segments = path.split(separator: "/")
        let isAbsolute = path.hasPrefix("/")
        var kept: [Substring] = []
        for segment in segments where segment != "." {
            if segment != ".." {
                kept.append(segment)
            } else if let last = kept.last, last != ".." {
                kept.removeLast()
            } else if !isAbsolute {
                kept.append(segment)
            }
        }
        let endsOpen = path.hasSuffix("/") || segments.last == "." || segments.last == ".."
        return (isAbsolute ? "/" : "") + kept.joined(separator: "/") + (endsOpen && !kept.isEmpty ? "/" : "")
    }

    /// The components, by RFC 3986 appendix B.
    private init(_ text: String) {
        var rest = text[...]
        if let end = rest.firstIndex(of: "#") { rest = rest[..<end] }
        if let start = rest.firstIndex(of: "?") {
            query = rest[rest.index(after: start)...]
            rest = rest[..<start]
        }
        if let colon = rest.firstIndex(where: { $0 == ":" || $0 == "/" }), rest[colon] == ":", colon != rest.startIndex
        {
            scheme = rest[..<colon]
            rest = rest[rest.index(after: colon)...]
        }
        if rest.hasPrefix("//") {
            let start = rest.dropFirst(2)
            let end = start.firstIndex(of: "/") ?? start.endIndex
            authority = start[..<end]
            rest = start[end...]
        }
        path = String(rest)
    }

    /// Section 5.2.3.
    private func merged(_ reference: String) -> String {
        if authority != nil, path.isEmpty { return "/" + reference }
        guard let slash = path.lastIndex(of: "/") else { return reference }
        return path[...slash] + reference
    }

    /// Section 5.3.
    private var text: String {
        (scheme.map { $0 + ":" } ?? "") + (authority.map { "//" + $0 } ?? "") + path + (query.map { "?" + $0 } ?? "")
    }
}
