import XML

extension ProfileCheck {
    mutating func checkHeaders() {
        var targets: Set<String> = []
        for block in layout.blocks {
            switch document.standardName(of: block) {
            case "wsse:Security":
                let name = layout.version.actorAttribute
                let target = document.attribute(name, in: layout.version.namespace, of: block)
                if !targets.insert(target ?? "").inserted { report(target == nil ? .r3206 : .r3210, block) }
                if children("wsu:Timestamp", of: block).count > 1 { report(.r3227, block) }
            case "xenc:EncryptedData": report(.r3228, block)
            default: continue
            }
        }
        checkIdentifiers()
    }

    private mutating func checkIdentifiers() {
        var seen: Set<String> = []
        for (element, attribute) in document.attributes(named: [ExpandedName("Id", in: WSSNamespace.utility)])
        where !seen.insert(attribute.value).inserted {
            report(.r3204, element)
        }
    }

    mutating func checkTimestamp(_ node: NodeID) {
        let created = children("wsu:Created", of: node)
        let expires = children("wsu:Expires", of: node)
        if created.count != 1 { report(.r3203, node) }
        if expires.count > 1 { report(.r3224, node) }
        if let first = expires.first, let last = created.first, first < last { report(.r3221, node) }
        if created.count + expires.count != elements(of: node).count { report(.r3222, node) }
        for moment in created { check(moment, digits: .r3220, seconds: .r3213, zone: .r3217, type: .r3225) }
        for moment in expires { check(moment, digits: .r3229, seconds: .r3215, zone: .r3223, type: .r3226) }
    }

    private mutating func check(
        _ node: NodeID,
        digits: ProfileRule,
        seconds: ProfileRule,
        zone: ProfileRule,
        type: ProfileRule
    ) {
        if has("ValueType", on: node) { report(type, node) }
        let text = document.trimmedText(of: node)
        if !text.hasSuffix("Z") { report(zone, node) }
        let fields = text.split(separator: ":", maxSplits: 2)
        guard fields.count == 3 else { return }
        let whole = fields[2].prefix { $0.isNumber }
        if Int(whole) ?? 0 >= 60 { report(seconds, node) }
        let fraction = fields[2].dropFirst(whole.count)
        if fraction.first == ".", fraction.dropFirst().prefix(while: \.isNumber).count > 3 { report(digits, node) }
    }

    mutating func checkEncryptedHeader(_ node: NodeID) {
        let data = children("xenc:EncryptedData", of: node)
        if data.count != 1 || elements(of: node).count != 1 { report(.r3230, node) }
        if !has("Id", in: WSSNamespace.utility, on: node), let only = data.first, !has("Id", on: only) {
            report(.r5627, node)
        }
    }
}
