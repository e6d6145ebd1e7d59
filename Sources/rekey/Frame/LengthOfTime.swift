import ArgumentParser

/// A length of time on the command line: a whole number with `s`, `m`, `h` or `d`, or of seconds.
struct LengthOfTime: ExpressibleByArgument {
    /// In seconds.
    let seconds: Int

    init?(argument: String) {
        let units = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let unit = argument.last.flatMap { units[String($0)] }
        guard let number = Int(unit == nil ? argument : String(argument.dropLast())), number > 0 else { return nil }
        let (seconds, isTooMuch) = number.multipliedReportingOverflow(by: unit ?? 1)
        guard !isTooMuch else { return nil }
        self.seconds = seconds
    }
}
