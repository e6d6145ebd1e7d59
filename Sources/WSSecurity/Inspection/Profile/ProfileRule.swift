/// The rules of WS-I Basic Security Profile 1.1 that are checked, by their numbers.
///
/// Left out are rules about receivers, about what cannot be seen in one message, and about tokens of Kerberos and REL.
enum ProfileRule: String, CaseIterable {
    // Header.
    case r3204 = "R3204"
    case r3206 = "R3206"
    case r3210 = "R3210"
    case r3227 = "R3227"
    case r3228 = "R3228"
    case r3230 = "R3230"
    case r5627 = "R5627"
    case r5441 = "R5441"
    // Timestamp.
    case r3203 = "R3203"
    case r3224 = "R3224"
    case r3221 = "R3221"
    case r3222 = "R3222"
    case r3220 = "R3220"
    case r3229 = "R3229"
    case r3213 = "R3213"
    case r3215 = "R3215"
    case r3217 = "R3217"
    case r3223 = "R3223"
    case r3225 = "R3225"
    case r3226 = "R3226"
    // Tokens.
    case r3029 = "R3029"
    case r3030 = "R3030"
    case r3031 = "R3031"
    case r3032 = "R3032"
    case r4201 = "R4201"
    case r4220 = "R4220"
    case r4221 = "R4221"
    case r4222 = "R4222"
    case r4223 = "R4223"
    case r4225 = "R4225"
    // References to tokens.
    case r3061 = "R3061"
    case r3062 = "R3062"
    case r3057 = "R3057"
    case r3064 = "R3064"
    case r3059 = "R3059"
    case r3058 = "R3058"
    case r5204 = "R5204"
    case r5205 = "R5205"
    case r3066 = "R3066"
    case r3027 = "R3027"
    case r3054 = "R3054"
    case r3070 = "R3070"
    case r3071 = "R3071"
    case r3060 = "R3060"
    case r3056 = "R3056"
    case r3211 = "R3211"
    case r3069 = "R3069"
    case r5212 = "R5212"
    case r5215 = "R5215"
    case r4214 = "R4214"
    // Signatures.
    case r3102 = "R3102"
    case r3104 = "R3104"
    case r3001 = "R3001"
    case r5416 = "R5416"
    case r5411 = "R5411"
    case r5423 = "R5423"
    case r5412 = "R5412"
    case r5407 = "R5407"
    case r5413 = "R5413"
    case r3065 = "R3065"
    case r5404 = "R5404"
    case r5406 = "R5406"
    case r5420 = "R5420"
    case r5421 = "R5421"
    case r5401 = "R5401"
    case r5402 = "R5402"
    case r5417 = "R5417"
    case r5403 = "R5403"
    case r5440 = "R5440"
    // Encryption.
    case r3208 = "R3208"
    case r3209 = "R3209"
    case r5622 = "R5622"
    case r5623 = "R5623"
    case r5602 = "R5602"
    case r5603 = "R5603"
    case r5601 = "R5601"
    case r5629 = "R5629"
    case r5424 = "R5424"
    case r5426 = "R5426"
    case r5608 = "R5608"
    case r3006 = "R3006"
    case r5620 = "R5620"
    case r5626 = "R5626"
}

extension ProfileRule {
    /// How strongly the rule asks.
    var level: ProfileViolation.Level {
        switch self {
        case .r3220, .r3229, .r3104, .r3001: .should
        case .r5420, .r5421, .r5620, .r5626: .outdated
        default: .must
        }
    }
}
